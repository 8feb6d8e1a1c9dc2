import type { DeskRow } from './deskRow.ts';
import { parseFilter, testOf, type Filter } from './filter.ts';
import type { ProposalColumn } from './numberColumns.tsx';

/** What the conditions of an address mean for the columns that there are. */
interface ReadFilters {
  /** One a column. */
  readonly filters: ReadonlyMap<string, Filter>;
  /** Conditions that fit no column of the open files. */
  readonly unknown: readonly string[];
  readonly fits: (row: DeskRow) => boolean;
}

export function readFilters(texts: readonly string[], columns: readonly ProposalColumn[]): ReadFilters {
  const filters = new Map<string, Filter>();
  const tests: ((row: DeskRow) => boolean)[] = [];
  const unknown: string[] = [];
  for (const text of texts) {
    const filter = parseFilter(text);
    const column = columns.find(({ id }) => id === filter?.column);
    const test = filter === undefined || column === undefined ? undefined : testOf(filter, column);
    if (filter === undefined || test === undefined) unknown.push(text);
    else {
      filters.set(filter.column, filter);
      tests.push(test);
    }
  }
  return { filters, unknown, fits: (row) => tests.every((test) => test(row)) };
}
