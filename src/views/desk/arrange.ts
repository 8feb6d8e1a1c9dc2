import { groupBy } from '../../lib/groupBy.ts';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import { kindTitles, kindOrderWords } from '../shared/proposals/proposalWords.ts';
import type { groupings, DeskSearch } from './fields.ts';
import { isTurnedDown } from '../../domain/experiment/verdict.ts';
type Grouping = (typeof groupings)[number];

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
      const order = kindOrderWords[row.kind];
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

export type Show = 'rejected' | 'accepted' | 'all';

export function showOf(search: DeskSearch): Show {
  return search.show ?? 'rejected';
}

/** By kind; a selection that comes in an order keeps it, unless a grouping is asked for. */
export function groupingOf({ group, order }: DeskSearch): Grouping {
  if (order === undefined) return group === undefined || group === 'order' ? 'kind' : group;
  return group ?? 'order';
}

/**
 * What is turned down is shown with the rejected, whatever the cause; the pending are in neither half. Counts name each
 * verdict apart, as the list does.
 */
export function isShown(row: DeskRow, show: Show): boolean {
  switch (show) {
    case 'rejected':
      return isTurnedDown(row.kind);
    case 'accepted':
      return row.kind === 'accepted';
    case 'all':
      return true;
  }
}

/** `7` or `3-12`, both ends included; the smaller first whatever the order in the link. */
export function iterationRange(text: string | undefined): readonly [number, number] | undefined {
  if (text === undefined) return undefined;
  const [first = 0, last = first] = text.split('-').map(Number);
  return first <= last ? [first, last] : [last, first];
}

/** What a row does not say of itself. */
interface Known {
  /** Judged here. */
  readonly isReviewed: (row: DeskRow) => boolean;
  /** Its verdict does not follow from the stored numbers. */
  readonly isUnfounded: (row: DeskRow) => boolean;
}

/** Rows that every filter of the address but `show` lets through. */
export function filterRows(
  rows: readonly DeskRow[],
  search: DeskSearch,
  { isReviewed, isUnfounded }: Known,
): readonly DeskRow[] {
  const { kind, only, within, reviewed, follows } = search;
  const range = iterationRange(search.k);
  if ([kind, only, within, reviewed, follows, range].every((filter) => filter === undefined)) return rows;
  return rows.filter(
    (row) =>
      (kind === undefined || row.kind === kind) &&
      (only === undefined || row.proposal.agentId === only) &&
      (within === undefined || row.experimentId === within) &&
      (range === undefined || (row.proposal.iteration >= range[0] && row.proposal.iteration <= range[1])) &&
      (reviewed === undefined || isReviewed(row) === (reviewed === 'yes')) &&
      (follows === undefined || isUnfounded(row)),
  );
}
