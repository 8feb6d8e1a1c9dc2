import { isTurnedDown } from '../../domain/experiment/verdict.ts';
import type { DeskRow } from '../shared/proposals/deskRow.ts';
import type { Grouping } from './arrange.ts';
import type { DeskSearch } from './fields.ts';

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
