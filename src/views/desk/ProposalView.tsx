import ArrowLeft from 'lucide-react/icons/arrow-left';

import { useAnswer } from '../../data/useAnswer.ts';
import { proposalDetail } from '../../queries/proposalDetail.ts';
import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import type { ProposalDetail } from '../../domain/answers/desk.ts';
import type { AgentId } from '../../lib/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { EvidencePanel } from '../shared/EvidencePanel.tsx';
import { PolicyComparison } from '../policy/PolicyComparison.tsx';
import { ContradictionNotice } from '../shared/ContradictionNotice.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { LastDayNotice } from '../shared/LastDay.tsx';
import { NotCheckedNotice } from '../shared/NotCheckedNotice.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { useDayCosts } from '../shared/useDayCosts.ts';
import { CurvePanel } from './curve/CurvePanel.tsx';
import styles from './Desk.module.css';
import type { DeskRow } from './deskRow.ts';
import { ExchangePanel } from '../exchange/ExchangePanel.tsx';
import { HistoryPanel } from './history/HistoryPanel.tsx';
import { RepeatGroups } from './history/RepeatGroups.tsx';
import { ProposalHead } from './ProposalHead.tsx';
import { VerdictCard } from './verdict/VerdictCard.tsx';
import { deskFields } from './fields.ts';

interface ProposalViewProps {
  readonly row: DeskRow;
  readonly contradictions: readonly Contradiction[];
  readonly onBack: () => void;
}

/** The selected proposal: what it asks for, what became of it, why. */
export function ProposalView({ row, contradictions, onBack }: ProposalViewProps) {
  const { data, error, isPending } = useAnswer(proposalDetail.about(scopeOf(row)));
  const detail = data ?? undefined;
  const days = useDayCosts(row.file)?.experiments.get(row.experimentId);
  return (
    <>
      <div className={styles.back}>
        <Button size="small" icon={<ArrowLeft size={14} aria-hidden />} onClick={onBack}>
          All proposals
        </Button>
      </div>
      <ProposalHead row={row} detail={detail} />
      <ContradictionNotice found={contradictions} withSubject={false} />
      <NotCheckedNotice file={row.file} />
      <LastDayNotice days={days} />
      {error !== null && <ErrorNotice error={error} doing="reading the proposal" />}
      {isPending ? (
        <ProgressBar doing="Reading the proposal" />
      ) : (
        <div className={styles.cards}>
          <VerdictCard row={row} detail={detail} />
          {detail !== undefined && <Parts row={row} detail={detail} />}
        </div>
      )}
    </>
  );
}

function scopeOf({ file, experimentId, proposal }: DeskRow) {
  const { iteration, agentId } = proposal;
  return { fileId: file.fileId, experimentId, iteration, agentId };
}

/** What changes, how it came about, whether it was there before. */
function Parts({ row, detail }: { row: DeskRow; detail: ProposalDetail }) {
  const { search } = useAddress(deskFields);
  const scope = scopeOf(row);
  const { iteration, agentId } = scope;
  const hrefOf = (k: number, agent: AgentId) =>
    hrefTo('/experiments/$experimentId/proposals', search, {
      experimentId: row.experimentId,
      in: row.file.name,
      iteration: k,
      agent,
    });
  return (
    <>
      <div className={styles.pair}>
        <Card title="What changes" padded>
          <PolicyComparison
            of={agentId}
            before={{ label: 'In force', text: detail.policyInForce }}
            after={{ label: 'Proposed', text: detail.proposedPolicy }}
          />
        </Card>
        <Card title="The exchange" padded>
          <ExchangePanel scope={scope} agent={detail} titled={false} />
        </Card>
      </div>
      <Card title="Evidence" padded>
        <EvidencePanel scope={scope} />
      </Card>
      <Card title="Repeats and lineage" padded>
        <HistoryPanel
          scope={scope}
          proposalCount={row.siblings}
          iteration={iteration}
          agentId={agentId}
          hrefOf={hrefOf}
        />
      </Card>
      <Card title="The proposer in this experiment" padded>
        <Disclosure summary="What became of its proposals">
          <CurvePanel scope={scope} />
        </Disclosure>
        <Disclosure summary="Repeated proposals of all agents">
          <RepeatGroups scope={scope} proposalCount={row.siblings} hrefOf={hrefOf} />
        </Disclosure>
      </Card>
    </>
  );
}
