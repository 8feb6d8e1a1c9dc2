import { useMemo } from 'react';

import { verdicts, verdictWords } from '../../domain/experiment/verdict.ts';
import { formatCount } from '../../lib/format.ts';
import { Card } from '../../ui/Card.tsx';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import { VerdictMark } from '../shared/VerdictMark.tsx';
import { namesOf, setOperand } from '../shared/proposals/filter.ts';
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
  left: number;
}

/** Experiments beyond which the field of the column is the better way. */
const mostLines = 12;

/** What the conditions leave of each verdict, agent and experiment; each is a button that narrows to it. */
export function FilterCounts({ all, left, table }: FilterCountsProps) {
  const groups = useMemo(() => {
    const verdictOf = (row: DeskRow) => verdictWords[row.proposal.verdict];
    return [
      {
        column: 'verdict',
        title: 'Verdict',
        counts: countsBy(all, left, verdictOf, verdictOf).sort(
          (a, b) => verdictPlace(a.value) - verdictPlace(b.value),
        ),
      },
      { column: 'agent', title: 'Agent', counts: byName(countsBy(all, left, agentOf, agentOf)) },
      { column: 'experiment', title: 'Experiment', counts: countsBy(all, left, idOf, experimentWords) },
    ];
  }, [all, left]);
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

const byName = (counts: Count[]) =>
  counts.sort((a, b) => a.words.localeCompare(b.words, 'en', { numeric: true }));

function countsBy(
  all: readonly DeskRow[],
  left: readonly DeskRow[],
  keyOf: (row: DeskRow) => string,
  wordsOf: (row: DeskRow) => string,
): Count[] {
  const totals = new Map<string, { words: string; of: number; left: number }>();
  for (const row of all) {
    const key = keyOf(row);
    const found = totals.get(key);
    if (found === undefined) totals.set(key, { words: wordsOf(row), of: 1, left: 0 });
    else found.of += 1;
  }
  for (const row of left) {
    const found = totals.get(keyOf(row));
    if (found !== undefined) found.left += 1;
  }
  return [...totals].map(([value, count]) => ({ value, ...count }));
}

interface LineProps {
  readonly column: string;
  readonly count: Count;
  readonly table: ProposalTable;
}

function Line({ column, count, table }: LineProps) {
  const { value, words, of, left } = count;
  const filter = table.filters.get(column);
  const chosen = filter?.operator === '=' ? namesOf(filter.operand) : [];
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
          table.setFilter(
            column,
            next.length === 0 ? undefined : { column, operator: '=', operand: setOperand(next) },
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
