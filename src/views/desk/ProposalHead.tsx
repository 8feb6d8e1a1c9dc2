import { formatParameter } from '../../charts/shape/figurePanels.ts';
import { describePolicyChange } from '../../domain/policy/diff/describe.ts';
import type { ProposalDetail } from '../../domain/answers/desk.ts';
import { Breadcrumbs } from '../shared/Page.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { useAddress } from '../shared/useAddress.ts';
import { EvidenceButton } from '../shared/evidence/Evidence.tsx';
import { verdictDetail } from '../shared/proposals/proposalWords.ts';
import { VerdictMark } from '../shared/Marks.tsx';
import { StoredReason } from '../shared/Values.tsx';
import { sourceMeanings } from '../shared/words.ts';
import { changedParameters } from './deskColumns.tsx';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import styles from './ProposalHead.module.css';
import { deskFields } from './fields.ts';
import { useMemo } from 'react';
import { repeatsOf } from '../../domain/policy/history/repeats.ts';
import type { HistoryPanelProps } from './history/HistoryPanel.tsx';
import { proposedBeforeWords, useHistory } from './history/useHistory.tsx';

interface ProposalHeadProps {
  readonly row: DeskRow;
  /** Undefined until it is read. */
  readonly detail: ProposalDetail | undefined;
}

/** Where the proposal stands, what it asks for in a sentence, and its verdict. */
export function ProposalHead({ row, detail }: ProposalHeadProps) {
  const { search } = useAddress(deskFields);
  const { proposal, experimentId, experimentName, file } = row;
  const { iteration, agentId } = proposal;
  const at = { in: file.name, agent: agentId };
  return (
    <header className={styles.head}>
      <Breadcrumbs
        crumbs={[
          {
            // The usual id starts with the name.
            label: experimentId.startsWith(experimentName)
              ? experimentId
              : `${experimentName} ${experimentId}`,
            href: hrefTo('/experiments/$experimentId', search, { experimentId, ...at, iteration }),
          },
          {
            label: `iteration ${iteration}`,
            href: hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
              experimentId,
              iteration,
              ...at,
            }),
          },
          { label: agentId },
        ]}
      />
      {/* Takes the focus where the proposal takes the place of the list. */}
      <h2 tabIndex={-1} className={styles.title}>
        {headline(row, detail)}
      </h2>
      <div className={styles.facts}>
        <VerdictMark verdict={proposal.verdict} detail={verdictDetail(proposal)} />
        <span title={sourceMeanings[proposal.verdictSource]}>
          verdict from: <b>{proposal.verdictSource}</b>
        </span>
        <ProposedBeforeFact
          scope={{ fileId: file.fileId, experimentId }}
          proposalCount={row.siblings}
          iteration={iteration}
          agentId={agentId}
        />
        <span>
          file <b>{file.name}</b>
          {row.alsoIn !== undefined && `, also in ${row.alsoIn.map(({ name }) => name).join(', ')}`}
        </span>
        <EvidenceButton file={file} experimentId={experimentId} iteration={iteration} agentId={agentId} />
      </div>
      {proposal.note !== undefined && <p className={styles.note}>{proposal.note}</p>}
      {proposal.reason !== undefined && (
        <p className={styles.note}>
          <StoredReason stored={proposal.reason} />
        </p>
      )}
    </header>
  );
}

function headline(row: DeskRow, detail: ProposalDetail | undefined): string {
  const { proposal, kind } = row;
  if (kind === 'failed_call') return 'The proposer gave no answer';
  if (kind === 'invalid') {
    return proposal.invalidBecause === 'failed validation'
      ? 'The policy in the answer failed validation'
      : 'No usable policy in the answer';
  }
  if (kind === 'no_change') return 'Proposes the policy in force again';
  if (detail?.policyInForce !== undefined && detail.proposedPolicy !== undefined) {
    return describePolicyChange(detail.policyInForce, detail.proposedPolicy);
  }
  const [first, ...others] = changedParameters(row);
  if (first === undefined) {
    return proposal.parameters.size === 0
      ? 'A policy without numbers'
      : 'The same numbers as the policy in force';
  }
  const value = (number: number | undefined) =>
    number === undefined ? 'none' : formatParameter(first.name, number);
  const what = first.name === 'initial_liquidity_fraction' ? 'liquidity' : first.name;
  const more = others.length === 0 ? '' : `, and changes ${others.length} more`;
  return `Asks for ${value(first.to)} instead of ${value(first.from)} ${what}${more}`;
}

/** In a few words whether this agent made the proposal before; nothing until that is known. */
function ProposedBeforeFact(props: Omit<HistoryPanelProps, 'hrefOf'>) {
  const { scope, proposalCount, iteration, agentId } = props;
  const { data, ask } = useHistory(scope, proposalCount);
  const words = useMemo(() => {
    const asked = data?.entries.find((entry) => entry.iteration === iteration && entry.agentId === agentId);
    return data === undefined || asked?.structure === undefined
      ? undefined
      : proposedBeforeWords(repeatsOf(data.entries, agentId, iteration), iteration);
  }, [data, iteration, agentId]);
  if (ask !== undefined) return <span>proposed before: not read yet</span>;
  if (words === undefined) return undefined;
  return (
    <span>
      proposed before: <b>{words}</b>
    </span>
  );
}
