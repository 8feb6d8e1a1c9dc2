import { groupBy } from '../../lib/groupBy.ts';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import { kindTitles, orderWords } from '../shared/proposals/proposalWords.ts';
import type { groupings } from './fields.ts';

export type Grouping = (typeof groupings)[number];

/** What the list shows: headings between rows, each row with its place among all rows. */
export type QueueItem =
  | { readonly type: 'heading'; readonly key: string; readonly title: string; readonly count: number }
  | { readonly type: 'row'; readonly key: string; readonly row: DeskRow; readonly index: number };

export interface Arranged {
  /** In the order of the list. */
  readonly rows: readonly DeskRow[];
  readonly items: readonly QueueItem[];
}

/** The rows under headings. Rows come sorted; groups follow their first row, iterations their number. */
export function arrange(
  rows: readonly DeskRow[],
  by: Grouping,
  isReviewed: (row: DeskRow) => boolean,
): Arranged {
  const groups = [...groupBy(rows, (row) => groupTitle(row, by, isReviewed))];
  if (by === 'iteration') groups.sort(([, a], [, b]) => firstIteration(a) - firstIteration(b));
  if (by === 'experiment') groups.sort(([, a], [, b]) => (a[0]?.order ?? 0) - (b[0]?.order ?? 0));
  if (by === 'agent') groups.sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  if (by === 'reviewed') groups.sort(([a]) => (a === unreviewed ? -1 : 1));
  const arranged: DeskRow[] = [];
  const items: QueueItem[] = [];
  for (const [title, members] of groups) {
    items.push({ type: 'heading', key: `group ${title}`, title, count: members.length });
    for (const row of members) {
      items.push({ type: 'row', key: row.key, row, index: arranged.length });
      arranged.push(row);
    }
  }
  return { rows: arranged, items };
}

const unreviewed = 'Not reviewed yet';

function groupTitle(row: DeskRow, by: Grouping, isReviewed: (row: DeskRow) => boolean): string {
  switch (by) {
    case 'kind': {
      const order = orderWords[row.kind];
      return order === undefined ? kindTitles[row.kind] : `${kindTitles[row.kind]}, ${order}`;
    }
    case 'agent':
      return row.proposal.agentId;
    case 'experiment':
      return `${row.experimentName} ${row.experimentId} in ${row.file.name}`;
    case 'iteration':
      return `Iteration ${row.proposal.iteration}`;
    case 'order':
      return 'In the order of the table';
    case 'reviewed':
      return isReviewed(row) ? 'Reviewed' : unreviewed;
  }
}

function firstIteration(rows: readonly DeskRow[]): number {
  return rows[0]?.proposal.iteration ?? 0;
}
