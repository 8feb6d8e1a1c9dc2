/** Conditions as readers type them: which column and which values are meant, or what cannot be understood. */
import { diffChars } from 'diff';

import {
  endOf,
  isNumeric,
  none,
  operators,
  setOperand,
  type ColumnKind,
  type Filter,
  type FilterColumn,
  type Operator,
} from './filter.ts';
/** A condition as it was typed, or what is wrong with it. */
type Typed = { readonly filter: Filter } | { readonly problem: string };

/** What a set column holds in the rows. */
export type ValuesOf<Row> = (column: FilterColumn<Row>) => SetValues;

const typedLine = /^(.+?)\s*(<=|>=|!=|≤|≥|≠|<|>|=|~|:)\s*(.+)$/su;
const typedCell = /^\s*(<=|>=|!=|≤|≥|≠|<|>|=|~)?\s*(.+?)\s*$/su;
const inWords =
  /^(.+?)\s+(is not|is|below|under|less than|above|over|more than|at least|at most|contains)\s+(.+)$/iu;
const signs: Readonly<Record<string, Operator>> = {
  '≤': '<=',
  '≥': '>=',
  '≠': '!=',
  ':': '~',
  'is not': '!=',
  is: '=',
  below: '<',
  under: '<',
  'less than': '<',
  above: '>',
  over: '>',
  'more than': '>',
  'at least': '>=',
  'at most': '<=',
  contains: '~',
};

const operatorOf = (sign: string | undefined): Operator | undefined =>
  sign === undefined ? undefined : (signs[sign.toLowerCase()] ?? operators.find((one) => one === sign));

/** `fraction < 15 %`, `verdict = rejected, invalid`, `reason ~ floor`, `verdict does not follow`. */
export function typedFilter<Row>(
  text: string,
  columns: readonly FilterColumn<Row>[],
  valuesOf: ValuesOf<Row>,
): Typed {
  const line = text
    .trim()
    .replace(/^all\s+(?:that\s+)?/iu, '')
    .replace(/^ever\s+/iu, '');
  const phrase = line.toLowerCase().replace(/\s+/gu, ' ');
  for (const { id, phrases } of columns) {
    const condition = phrases?.get(phrase);
    if (condition !== undefined) return { filter: { column: id, ...condition } };
  }
  const [, name, sign, rest] = typedLine.exec(line) ?? inWords.exec(line) ?? [];
  const operator = operatorOf(sign);
  if (name === undefined || operator === undefined || rest === undefined)
    return { problem: 'Write a column, a sign and a value, as in: saving > 5' };
  const found = columnCalled(name, columns);
  return 'problem' in found ? found : operandFor(found.column, operator, rest, valuesOf);
}

/** The same in the field of a column: without a sign it is equal, in a text contains, in numbers a range `10..20`. */
export function typedInColumn<Row>(text: string, column: FilterColumn<Row>, valuesOf: ValuesOf<Row>): Typed {
  const [, sign, rest] = typedCell.exec(text) ?? [];
  if (rest === undefined) return { problem: 'Write a value.' };
  return operandFor(column, operatorOf(sign) ?? (column.kind === 'text' ? '~' : '='), rest, valuesOf);
}

/** Columns named at most where a name fits several. */
const mostNamed = 5;

/** By its whole name, the beginning of it, or words of it: `fraction` is the parameter as it was proposed. */
function columnCalled<Row>(
  name: string,
  columns: readonly FilterColumn<Row>[],
): { readonly column: FilterColumn<Row> } | { readonly problem: string } {
  const asked = name.toLowerCase().replace(/\s+/gu, ' ');
  const words = wordsOf(asked).filter((word) => !['a', 'an', 'the'].includes(word));
  const namesOf = ({ say, id, label }: FilterColumn<Row>) =>
    [say, id, ...(label === undefined ? [] : [label])].map((one) => one.toLowerCase());
  const ways: readonly ((column: FilterColumn<Row>) => boolean)[] = [
    (column) => namesOf(column).includes(asked),
    ({ say }) => say.toLowerCase().startsWith(asked),
    (column) => {
      const own = new Set(namesOf(column).flatMap(wordsOf));
      return words.length > 0 && words.every((word) => own.has(word));
    },
  ];
  for (const way of ways) {
    const found = columns.filter(way);
    const proposed = found.filter(({ id }) => id.startsWith('proposed.'));
    const [column] = proposed.length === 1 ? proposed : found;
    if (column === undefined) continue;
    if (found.length === 1 || proposed.length === 1) return { column };
    const says = found.map(({ say }) => `“${say}”`);
    const more = says.length > mostNamed ? ' and others' : '';
    return { problem: `“${name}” may be ${says.slice(0, mostNamed).join(', ')}${more}. Write more of it.` };
  }
  return { problem: `There is no column “${name}”. The list of columns names all.` };
}

const wordsOf = (text: string): readonly string[] => text.split(/[\s_.,]+/u).filter((word) => word !== '');

function operandFor<Row>(
  column: FilterColumn<Row>,
  operator: Operator,
  rest: string,
  valuesOf: ValuesOf<Row>,
): Typed {
  const { id, kind, say } = column;
  const filter = (operand: string): Typed => ({ filter: { column: id, operator, operand } });
  if (rest.toLowerCase() === none && (operator === '=' || operator === '!=')) return filter(none);
  if (operator === '~') return filter(rest);
  if (!isNumeric(kind)) {
    if (operator !== '=' && operator !== '!=') return { problem: `${say} holds words: use = or ~` };
    const names = rest.split(',').map((name) => name.trim());
    if (kind === 'text') return filter(setOperand(names));
    const { meant, problem } = namesMeant(names, column, valuesOf(column));
    return problem === undefined ? filter(setOperand(meant)) : { problem };
  }
  const answer = operator === '=' ? column.answers?.get(rest.toLowerCase()) : undefined;
  if (answer !== undefined) return { filter: { column: id, ...answer } };
  const ends = rest.split(/\.\.|\s+to\s+/u).map((end) => end.trim());
  if (ends.length > 2 || (ends.length === 2 && operator !== '=' && operator !== '!='))
    return { problem: 'A range is written 10..20' };
  // A sign behind the second end is meant for both: 1..15 %.
  const isPercent = (end: string): boolean =>
    end.endsWith('%') || (kind === 'share' && Math.abs(Number(end)) > 1);
  const sign = ends.some(isPercent) ? '%' : '';
  const signed = (end: string): string => (end.endsWith('%') ? end : `${end}${sign}`);
  const numbers = ends.map((end) => (end === '' && ends.length === 2 ? '' : storedNumber(signed(end), kind)));
  if (numbers.includes(undefined) || numbers.every((one) => one === ''))
    return { problem: kind === 'money' ? `${say} is in dollars, as 12.50` : `${say} is a number` };
  const [low, high] = numbers;
  if (low !== undefined && high !== undefined && high !== '' && low !== '' && endOf(low) > endOf(high))
    return { problem: 'A range begins with its lower end, as in 10..20' };
  return filter(numbers.join('..'));
}

/**
 * A typed number as it is stored: cents of dollars, a share of percent. Shifted as text, so that 15 % is the very
 * number that 0.15 is. Of a share, a number above one without a sign is percent too.
 */
export function storedNumber(typed: string, kind: ColumnKind): string | undefined {
  const percent = typed.endsWith('%');
  const bare = typed
    .replace(/%$/u, '')
    .replace(/^(-|−)?\s*\$?(-|−)?/u, (signs) => (/[-−]/u.test(signs) ? '-' : ''))
    .replace(/^-?\d{1,3}(,\d{3})+(?=\.|$|\s)/u, (grouped) => grouped.replaceAll(',', ''))
    .trim();
  if (!/^-?(?:\d+\.?\d*|\.\d+)$/u.test(bare)) return undefined;
  if (kind === 'money') {
    const [dollars = '', part = ''] = bare.split('.');
    const wholeCents = part.padEnd(2, '0');
    return /^\d{2}0*$/u.test(wholeCents) ? String(BigInt(`${dollars}${wholeCents.slice(0, 2)}`)) : undefined;
  }
  if (percent || (kind === 'share' && Math.abs(Number(bare)) > 1)) return String(Number(`${bare}e-2`));
  return String(endOf(bare));
}

/** What a set column holds, and by which names a reader may ask for it. */
interface SetValues {
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
