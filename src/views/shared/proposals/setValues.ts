/** What a set column holds, and which of it a reader means by a name. */
import { diffChars } from 'diff';

import { none, type FilterColumn } from './filter.ts';

export interface SetValues {
  /** Most frequent first. */
  readonly values: readonly string[];
  /** The values of a name in small letters: of the value itself, and of its alias. */
  readonly named: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Of each set column what these rows hold, looked through once a column. */
export function setValuesIn<Row>(rows: readonly Row[]): (column: FilterColumn<Row>) => SetValues {
  const known = new WeakMap<FilterColumn<Row>, SetValues>();
  return (column) => {
    const found = known.get(column) ?? readValues(column, rows);
    known.set(column, found);
    return found;
  };
}

function readValues<Row>(column: FilterColumn<Row>, rows: readonly Row[]): SetValues {
  const counts = new Map<string, number>();
  const named = new Map<string, Set<string>>();
  const name = (text: string, value: string) => {
    const folded = text.toLowerCase();
    named.set(folded, (named.get(folded) ?? new Set()).add(value));
  };
  for (const row of rows) {
    const stored = column.value(row);
    if (stored === undefined) continue;
    const value = String(stored);
    const count = counts.get(value) ?? 0;
    counts.set(value, count + 1);
    if (count > 0) continue;
    name(value, value);
    if (column.alias !== undefined) name(column.alias(row), value);
  }
  return { values: [...counts].sort(([, a], [, b]) => b - a).map(([value]) => value), named };
}

/** Values named at most in place of one that is not there. */
const mostNear = 3;
/** Beyond these only the most frequent ones are looked through. */
const mostCompared = 500;

/** The values as stored that the names mean, whatever their case; and what none of the rows has. */
export function namesMeant<Row>(
  names: readonly string[],
  { say }: FilterColumn<Row>,
  { values, named }: SetValues,
): { readonly meant: readonly string[]; readonly problem: string | undefined } {
  const stored = new Set(values);
  const meant = new Set<string>();
  const unknown: string[] = [];
  for (const name of names) {
    const found = stored.has(name) || name === none ? [name] : named.get(name.toLowerCase());
    if (found === undefined) unknown.push(name);
    else for (const value of found) meant.add(value);
  }
  return {
    meant: [...meant],
    problem: unknown.length === 0 ? undefined : unknown.map((name) => noneSuch(name, say, values)).join(' '),
  };
}

function noneSuch(name: string, say: string, values: readonly string[]): string {
  const none = `No proposal has ${say} “${name}”`;
  if (values.length === 0) return `${none}, nor any other.`;
  const near = values
    .slice(0, mostCompared)
    .map((value) => ({ value, distance: letterDistance(name.toLowerCase(), value.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, mostNear)
    .map(({ value }) => value);
  return values.length <= mostNear
    ? `${none}; there is ${near.join(', ')}.`
    : `${none}; nearest are ${near.join(', ')}.`;
}

/** Letters to take away and to add. */
function letterDistance(a: string, b: string): number {
  return diffChars(a, b).reduce(
    (sum, { added, removed, value }) => sum + (added || removed ? value.length : 0),
    0,
  );
}
