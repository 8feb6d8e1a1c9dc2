import type { Repeat } from '../../../domain/policy/history/repeats.ts';
import type { HistoryEntry } from '../../../domain/answers/history.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { kindWords, verdictWords } from '../../shared/words.ts';
import { VerdictMark } from '../../shared/VerdictMark.tsx';
import styles from './History.module.css';
import type { HrefOf } from './HistoryPanel.tsx';
import { likenessWords, numbersOf, proposedBeforeWords } from './historyWords.ts';

type Row = Repeat<HistoryEntry>;

const columns: readonly GridColumn<Row>[] = [
  { id: 'iteration', header: 'Iteration', value: ({ entry }) => entry.iteration, align: 'end', width: 76 },
  { id: 'likeness', header: 'Likeness', value: ({ likeness }) => likenessWords[likeness], width: 180 },
  { id: 'numbers', header: 'Proposed', value: ({ entry }) => numbersOf(entry), width: 220, grow: true },
  {
    id: 'verdict',
    header: 'Verdict',
    value: ({ entry }) => verdictWords[entry.verdict],
    render: ({ entry: { verdict, rejectionKind } }) => (
      <VerdictMark verdict={verdict} detail={rejectionKind && kindWords[rejectionKind]} />
    ),
    width: 240,
  },
];

interface ProposedBeforeProps {
  readonly entry: HistoryEntry | undefined;
  readonly repeats: readonly Row[];
  readonly iteration: number;
  readonly hrefOf: HrefOf;
}

/** The same or nearly the same proposal in other iterations, before and after. */
export function ProposedBefore({ entry, repeats, iteration, hrefOf }: ProposedBeforeProps) {
  const after = repeats.filter((repeat) => repeat.entry.iteration > iteration).length;
  return (
    <section className={styles.part} aria-label="Proposed before">
      <h3>Proposed before</h3>
      {entry?.build === undefined ? (
        <p>No policy was read from this answer, so there is nothing to look for.</p>
      ) : (
        <p>
          {capital(proposedBeforeWords(repeats, iteration))}.{' '}
          {after > 0 && `${after} more ${after === 1 ? 'follows' : 'follow'} in later iterations. `}
          Names of policies and nodes do not count; nearly means each number within 1 %.
        </p>
      )}
      {repeats.length > 0 && (
        <DataGrid
          name="Same or nearly the same proposals"
          columns={columns}
          rows={repeats}
          rowKey={(row) => String(row.entry.iteration)}
          rowHref={({ entry: one }) => hrefOf(one.iteration, one.agentId)}
          emptyText="None."
          maxHeight={240}
        />
      )}
    </section>
  );
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
