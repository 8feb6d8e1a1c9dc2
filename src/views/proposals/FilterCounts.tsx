import { useMemo } from 'react';

import { verdicts, verdictWords } from '../../domain/experiment/verdict.ts';
import { formatCount } from '../../lib/format.ts';
import { Card } from '../../ui/Card.tsx';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import { VerdictMark } from '../shared/Marks.tsx';
import { namesInOperand, setOperand } from '../shared/proposals/filter.ts';
import styles from './Proposals.module.css';
import type { ProposalTable } from './useProposalTable.ts';

interface FilterCountsProps {
  readonly all: readonly DeskRow[];
  readonly left: readonly DeskRow[];
  readonly table: ProposalTable;
}

interface Count {
  readonly value: string;
  readonly words: string;
  readonly of: number;
  readonly left: number;
}

/** Experiments beyond which the field of the column is the better way. */
const mostLines = 12;

/** What the conditions leave of each verdict, agent and experiment; each is a button that narrows to it. */
export function FilterCounts({ all, left, table }: FilterCountsProps) {
  const totals = useMemo(() => counted.map(({ keyOf }) => tally(all, keyOf)), [all]);
  const lefts = useMemo(
    () => (left.length === all.length ? totals : counted.map(({ keyOf }) => tally(left, keyOf))),
    [all, left, totals],
  );
  const groups = counted.map(({ column, title, wordsOf, compare }, i) => ({
    column,
    title,
    counts: [...(totals[i] ?? [])]
      .map(([value, { count, first }]): Count => ({
        value,
        words: wordsOf(first),
        of: count,
        left: lefts[i]?.get(value)?.count ?? 0,
      }))
      .sort(compare),
  }));
  return (
    <Card title="What the filter leaves" padded>
      <div className={styles.counts}>
        {groups.map(({ column, title, counts }) => (
          <section key={column} aria-label={title} className={styles.countGroup}>
            <h3>{title}</h3>
            <ul>
              {counts.slice(0, mostLines).map((count) => (
                <Line key={count.value} column={column} count={count} table={table} />
              ))}
            </ul>
            {counts.length > mostLines && <p>and {formatCount(counts.length - mostLines)} more</p>}
          </section>
        ))}
      </div>
    </Card>
  );
}

const agentOf = (row: DeskRow): string => row.proposal.agentId;
const idOf = (row: DeskRow): string => row.experimentId;
const experimentWords = (row: DeskRow): string => {
  const tail = row.experimentId.split('-').at(-1) ?? '';
  return row.experimentName === row.experimentId ? row.experimentId : `${row.experimentName} ${tail}`;
};

const verdictPlace = (words: string) => verdicts.findIndex((verdict) => verdictWords[verdict] === words);

const byWords = (a: Count, b: Count) => a.words.localeCompare(b.words, 'en', { numeric: true });

const verdictOf = (row: DeskRow): string => verdictWords[row.proposal.verdict];

/** By what rows are counted; experiments stay in their order. */
const counted = [
  {
    column: 'verdict',
    title: 'Verdict',
    keyOf: verdictOf,
    wordsOf: verdictOf,
    compare: (a: Count, b: Count) => verdictPlace(a.value) - verdictPlace(b.value),
  },
  { column: 'agent', title: 'Agent', keyOf: agentOf, wordsOf: agentOf, compare: byWords },
  { column: 'experiment', title: 'Experiment', keyOf: idOf, wordsOf: experimentWords, compare: () => 0 },
];

function tally(rows: readonly DeskRow[], keyOf: (row: DeskRow) => string) {
  const found = new Map<string, { count: number; readonly first: DeskRow }>();
  for (const row of rows) {
    const key = keyOf(row);
    const one = found.get(key);
    if (one === undefined) found.set(key, { count: 1, first: row });
    else one.count += 1;
  }
  return found;
}

interface LineProps {
  readonly column: string;
  readonly count: Count;
  readonly table: ProposalTable;
}

function Line({ column, count, table }: LineProps) {
  const { value, words, of, left } = count;
  const filters = table.filtersOn(column);
  const set = filters.find(({ operator }) => operator === '=');
  const chosen = set === undefined ? [] : namesInOperand(set.operand);
  const isChosen = chosen.includes(value);
  const next = isChosen ? chosen.filter((one) => one !== value) : [...chosen, value];
  const verdict = column === 'verdict' ? verdicts.find((one) => verdictWords[one] === value) : undefined;
  return (
    <li>
      <button
        data-printed
        type="button"
        className={styles.count}
        aria-pressed={isChosen}
        aria-label={`${words}: ${formatCount(left)} of ${formatCount(of)}`}
        onClick={() =>
          table.setFilters(
            new Map([
              [
                column,
                [
                  ...filters.filter((one) => one !== set),
                  ...(next.length === 0
                    ? []
                    : [{ column, operator: '=', operand: setOperand(next) } as const]),
                ],
              ],
            ]),
          )
        }
      >
        <span className={styles.countWords}>
          {verdict === undefined ? words : <VerdictMark verdict={verdict} />}
        </span>
        <span className={styles.countNumbers}>
          <b>{formatCount(left)}</b> of {formatCount(of)}
        </span>
        <span aria-hidden className={styles.bar}>
          <span style={{ width: `${(100 * left) / of}%` }} />
        </span>
      </button>
    </li>
  );
}
