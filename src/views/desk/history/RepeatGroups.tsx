import { useMemo } from 'react';

import { repeatGroups, type RepeatGroup } from '../../../domain/policy/history/repeats.ts';
import type { ExperimentScope } from '../../../queries/scope.ts';
import type { HistoryEntry } from '../../../domain/answers/history.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { ErrorNotice } from '../../shared/ErrorNotice.tsx';
import { verdictWords } from '../../shared/words.ts';
import styles from './History.module.css';
import type { HrefOf } from './HistoryPanel.tsx';
import { numbersOf } from './historyWords.ts';
import { ReadHistory } from './ReadHistory.tsx';
import { useHistory } from './useHistory.ts';

type Group = RepeatGroup<HistoryEntry>;

const countOf = ({ again }: Group, likeness: 'same' | 'nearly') =>
  again.filter((repeat) => repeat.likeness === likeness).length;
const iterationsOf = ({ first, again }: Group) =>
  [first, ...again.map(({ entry }) => entry)].map(({ iteration }) => iteration).join(', ');

function verdictsOf({ first, again }: Group): string {
  const all = [first, ...again.map(({ entry }) => entry)];
  const counts = new Map<string, number>();
  for (const { verdict } of all)
    counts.set(verdictWords[verdict], (counts.get(verdictWords[verdict]) ?? 0) + 1);
  return [...counts].map(([words, count]) => `${count} ${words}`).join(', ');
}

const columns: readonly GridColumn<Group>[] = [
  { id: 'agent', header: 'Agent', value: ({ first }) => first.agentId, width: 90 },
  {
    id: 'numbers',
    header: 'First proposed as',
    value: ({ first }) => numbersOf(first),
    width: 240,
    grow: true,
  },
  { id: 'count', header: 'Times', value: ({ again }) => again.length + 1, align: 'end', width: 64 },
  { id: 'same', header: 'The same', value: (group) => countOf(group, 'same') + 1, align: 'end', width: 84 },
  { id: 'nearly', header: 'Nearly', value: (group) => countOf(group, 'nearly'), align: 'end', width: 72 },
  { id: 'iterations', header: 'Iterations', value: iterationsOf, width: 150 },
  { id: 'verdicts', header: 'Verdicts', value: verdictsOf, width: 150 },
];

interface RepeatGroupsProps {
  readonly scope: ExperimentScope;
  /** Of the experiment. */
  readonly proposalCount: number;
  readonly hrefOf: HrefOf;
}

/** Proposals of an experiment that were made more than once. */
export function RepeatGroups({ scope, proposalCount, hrefOf }: RepeatGroupsProps) {
  const { data, error, ask } = useHistory(scope, proposalCount);
  const groups = useMemo(() => repeatGroups(data?.entries ?? []), [data]);
  if (error !== null) return <ErrorNotice error={error} doing="reading the proposals" />;
  if (ask !== undefined) return <ReadHistory proposalCount={proposalCount} ask={ask} />;
  if (data === undefined) return <ProgressBar doing="Reading the proposals" />;
  const repeated = groups.reduce((sum, { again }) => sum + again.length, 0);
  return (
    <section className={styles.part} aria-label="Repeated proposals">
      <h3>Repeated proposals</h3>
      <p>
        {repeated === 0
          ? 'No agent proposed the same or nearly the same policy twice.'
          : `${repeated} of ${data.entries.length} proposals repeat an earlier one of the same agent, or nearly.`}
      </p>
      {groups.length > 0 && (
        <DataGrid
          name="Repeated proposals"
          columns={columns}
          rows={groups}
          rowKey={({ first }) => `${first.agentId} ${first.iteration}`}
          rowHref={({ first }) => hrefOf(first.iteration, first.agentId)}
          emptyText="None."
          maxHeight={320}
        />
      )}
    </section>
  );
}
