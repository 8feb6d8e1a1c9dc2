import { useMemo } from 'react';

import { repeatsOf } from '../../../domain/policy/history/repeats.ts';
import type { ExperimentScope } from '../../../queries/scope.ts';
import type { PolicyHistory } from '../../../domain/answers/history.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import styles from './History.module.css';
import { LineageFigure } from './LineageFigure.tsx';
import { OriginsTable } from './OriginsTable.tsx';
import { ProposedBefore } from './ProposedBefore.tsx';
import { ReadHistory } from './ReadHistory.tsx';
import { useHistory } from './useHistory.ts';

/** The address of another proposal of the experiment. */
export type HrefOf = (iteration: number, agentId: AgentId) => string;

export interface HistoryPanelProps {
  readonly scope: ExperimentScope;
  /** Of the experiment. */
  readonly proposalCount: number;
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly hrefOf: HrefOf;
}

/** Whether a proposal was made before, what it grew from, and where its parts came from. */
export function HistoryPanel(props: HistoryPanelProps) {
  const { data, error, ask } = useHistory(props.scope, props.proposalCount);
  if (error !== null) return <ErrorNotice error={error} doing="reading earlier proposals" />;
  if (ask !== undefined) {
    return (
      <div className={styles.part}>
        <ReadHistory proposalCount={props.proposalCount} ask={ask} />
      </div>
    );
  }
  if (data === undefined) return <ProgressBar doing="Reading earlier proposals" />;
  return <Known history={data} {...props} />;
}

function Known({ history, iteration, agentId, hrefOf }: HistoryPanelProps & { history: PolicyHistory }) {
  const entries = useMemo(
    () => history.entries.filter((entry) => entry.agentId === agentId),
    [history, agentId],
  );
  const repeats = useMemo(() => repeatsOf(entries, agentId, iteration), [entries, agentId, iteration]);
  const entry = entries.find((one) => one.iteration === iteration);
  const trunk = history.trunks.get(agentId) ?? [];
  return (
    <div className={styles.panel}>
      <ProposedBefore entry={entry} repeats={repeats} iteration={iteration} hrefOf={hrefOf} />
      <LineageFigure
        agentId={agentId}
        trunk={trunk}
        entries={entries}
        iteration={iteration}
        hrefOf={hrefOf}
      />
      <OriginsTable
        agentId={agentId}
        policy={entry?.policy}
        trunk={trunk.filter((step) => step.iteration <= iteration)}
      />
    </div>
  );
}
