import ArrowLeft from 'lucide-react/icons/arrow-left';

import { questions } from '../../data/questions.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import type { AgentId } from '../../schema/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { hrefTo, paths } from '../../url/addresses.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Desk.module.css';
import type { DeskRow } from './deskRow.ts';
import { CurvePanel } from './curve/CurvePanel.tsx';
import { ExchangePanel } from './exchange/ExchangePanel.tsx';
import { HistoryPanel } from './history/HistoryPanel.tsx';
import { RepeatGroups } from './history/RepeatGroups.tsx';
import { ProposalHead } from './ProposalHead.tsx';

/** The selected proposal: what it asks for, what became of it, why. */
export function ProposalView({ row, onBack }: { row: DeskRow; onBack: () => void }) {
  const { iteration, agentId } = row.proposal;
  const scope = { fileId: row.file.fileId, experimentId: row.experimentId, iteration, agentId };
  const { search } = useAddress();
  const { data: detail, error, isPending } = useAnswer(questions.proposalDetail(scope));
  const hrefOf = (k: number, agent: AgentId) =>
    hrefTo(paths.experimentDesk(row.experimentId), search, { in: row.file.name, iteration: k, agent });
  return (
    <>
      <div className={styles.back}>
        <Button size="small" icon={<ArrowLeft size={14} aria-hidden />} onClick={onBack}>
          All proposals
        </Button>
      </div>
      <ProposalHead row={row} />
      {error !== null && <ErrorNotice error={error} doing="reading the proposal" />}
      {isPending && <ProgressBar doing="Reading the proposal" />}
      {detail != null && (
        <div className={styles.cards}>
          <Card title="The exchange" padded>
            <ExchangePanel scope={scope} agent={detail} />
          </Card>
          <Card title="Repeats and lineage" padded>
            <HistoryPanel scope={scope} iteration={iteration} agentId={agentId} hrefOf={hrefOf} />
          </Card>
          <Card title="The proposer in this experiment" padded>
            <Disclosure summary="What became of its proposals">
              <CurvePanel scope={scope} />
            </Disclosure>
            <Disclosure summary="Repeated proposals of all agents">
              <RepeatGroups scope={scope} hrefOf={hrefOf} />
            </Disclosure>
          </Card>
        </div>
      )}
    </>
  );
}
