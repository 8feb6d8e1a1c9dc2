import { minusSign } from '../../../lib/format.ts';
import type { CellValue } from '../../../ui/grid/gridColumn.ts';

/**
 * What a column holds: it decides how a condition is typed and compared. `money` is whole cents, typed in dollars;
 * `share` is a number that is shown in percent.
 */
export type ColumnKind = 'text' | 'set' | 'number' | 'money' | 'share';

/** A column as far as filters know it. */
export interface FilterColumn<Row> {
  readonly id: string;
  readonly kind: ColumnKind;
  /** How it is called in a typed condition. */
  readonly say: string;
  /** The exact value; undefined is not recorded. */
  readonly value: (row: Row) => CellValue;
  /** What `~` looks through, where that is more than the value. */
  readonly searchText?: ((row: Row) => string) | undefined;
}

const operators = ['<=', '>=', '!=', '<', '>', '=', '~'] as const;
type Operator = (typeof operators)[number];

/** One condition on one column, as the address has it: `saving>=-500`, money in cents and shares as numbers. */
export interface Filter {
  readonly column: string;
  readonly operator: Operator;
  /** A number, a range `0.1..0.2`, names with commas between them, `none`, or a text to look for. */
  readonly operand: string;
}

const addressed = /^([^<>=~!]{1,200})(<=|>=|!=|<|>|=|~)(.{1,5000})$/su;

/** Undefined for a text that is no condition. */
export function parseFilter(text: string): Filter | undefined {
  const [, column, operator, operand] = addressed.exec(text) ?? [];
  const known = operators.find((one) => one === operator);
  if (column === undefined || known === undefined || operand === undefined) return undefined;
  return { column, operator: known, operand };
}

export function formatFilter({ column, operator, operand }: Filter): string {
  return `${column}${operator}${operand}`;
}

/** `none` where a value is not recorded. */
const none = 'none';

/** Names of a set; a comma in a name is written `%2C`. */
export function setOperand(names: readonly string[]): string {
  return names.map((name) => name.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');
}

export function namesOf(operand: string): readonly string[] {
  return operand.split(',').map((name) => name.replaceAll('%2C', ',').replaceAll('%25', '%'));
}

const number = String.raw`-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
const rangeOf = new RegExp(`^(${number})?\\.\\.(${number})?$`, 'u');

interface Range {
  readonly low: number;
  readonly high: number;
}

/** The range that a condition on numbers leaves, both ends included; undefined where it leaves no single one. */
export function rangeLeft({ operator, operand }: Filter): readonly [number, number] | undefined {
  const range = parseRange(operand);
  if (range === undefined) return undefined;
  if (operator === '=') return [range.low, range.high];
  if (operator === '<' || operator === '<=') return [-Infinity, operator === '<' ? range.low : range.high];
  if (operator === '>' || operator === '>=') return [operator === '>' ? range.high : range.low, Infinity];
  return undefined;
}

/** Both ends included; either may be left out. Undefined for what is neither a number nor a range. */
function parseRange(operand: string): Range | undefined {
  if (new RegExp(`^${number}$`, 'u').test(operand)) return { low: Number(operand), high: Number(operand) };
  const found = rangeOf.exec(operand);
  if (found === null || operand === '..') return undefined;
  const [, low, high] = found;
  return {
    low: low === undefined ? -Infinity : Number(low),
    high: high === undefined ? Infinity : Number(high),
  };
}

const isNumeric = (kind: ColumnKind) => kind === 'number' || kind === 'money' || kind === 'share';

/** Whether a row fulfils the condition; undefined where the condition does not fit the column. */
export function testOf<Row>(
  { operator, operand }: Filter,
  column: FilterColumn<Row>,
): ((row: Row) => boolean) | undefined {
  const { value, kind } = column;
  if (operand === none && (operator === '=' || operator === '!='))
    return (row) => (value(row) === undefined) === (operator === '=');
  if (operator === '~') {
    const words = operand.toLowerCase();
    const read = column.searchText ?? ((row: Row) => String(value(row) ?? ''));
    return (row) => read(row).toLowerCase().includes(words);
  }
  if (!isNumeric(kind)) {
    if (operator !== '=' && operator !== '!=') return undefined;
    const names = new Set(namesOf(operand));
    return (row) => {
      const found = value(row);
      // "Not this one" keeps what has none: it is not this one.
      return names.has(found === undefined ? none : String(found)) === (operator === '=');
    };
  }
  const range = parseRange(operand);
  if (range === undefined) return undefined;
  const { low, high } = range;
  // Money is a bigint: the language compares it with a number exactly.
  const compare = (fits: (found: number | bigint) => boolean) => (row: Row) => {
    const found = value(row);
    return (typeof found === 'number' || typeof found === 'bigint') && fits(found);
  };
  switch (operator) {
    case '<':
      return compare((found) => found < low);
    case '<=':
      return compare((found) => found <= high);
    case '>':
      return compare((found) => found > high);
    case '>=':
      return compare((found) => found >= low);
    case '=':
      return compare((found) => found >= low && found <= high);
    case '!=':
      return compare((found) => found < low || found > high);
  }
}

/** A condition as it was typed, or what is wrong with it. */
export type Typed = { readonly filter: Filter } | { readonly problem: string };

const typedLine = /^\s*(.+?)\s*(<=|>=|!=|≤|≥|≠|<|>|=|~|:)\s*(.+?)\s*$/su;
const typedCell = /^\s*(<=|>=|!=|≤|≥|≠|<|>|=|~)?\s*(.+?)\s*$/su;

const operatorOf = (sign: string | undefined): Operator | undefined => {
  const plain = sign === '≤' ? '<=' : sign === '≥' ? '>=' : sign === '≠' ? '!=' : sign === ':' ? '~' : sign;
  return operators.find((one) => one === plain);
};

/** `proposed < 15 %`, `verdict = rejected, invalid`, `reason ~ floor`. */
export function typedFilter<Row>(text: string, columns: readonly FilterColumn<Row>[]): Typed {
  const [, name, sign, rest] = typedLine.exec(text) ?? [];
  const operator = operatorOf(sign);
  if (name === undefined || operator === undefined || rest === undefined)
    return { problem: 'Write a column, a sign and a value, as in: saving > 5' };
  const asked = name.toLowerCase();
  const column =
    columns.find(({ say, id }) => say.toLowerCase() === asked || id.toLowerCase() === asked) ??
    columns.find(({ say }) => say.toLowerCase().startsWith(asked));
  if (column === undefined)
    return { problem: `There is no column “${name}”. The list of columns names all.` };
  return operandFor(column, operator, rest);
}

/** The same in the field of a column: without a sign it is equal, in a text contains, in numbers a range `10..20`. */
export function typedInColumn<Row>(text: string, column: FilterColumn<Row>): Typed {
  const [, sign, rest] = typedCell.exec(text) ?? [];
  if (rest === undefined) return { problem: 'Write a value.' };
  return operandFor(column, operatorOf(sign) ?? (column.kind === 'text' ? '~' : '='), rest);
}

function operandFor<Row>({ id, kind, say }: FilterColumn<Row>, operator: Operator, rest: string): Typed {
  const filter = (operand: string): Typed => ({ filter: { column: id, operator, operand } });
  if (rest.toLowerCase() === none && (operator === '=' || operator === '!=')) return filter(none);
  if (operator === '~') return filter(rest);
  if (!isNumeric(kind)) {
    if (operator !== '=' && operator !== '!=') return { problem: `${say} holds words: use = or ~` };
    return filter(setOperand(rest.split(',').map((name) => name.trim())));
  }
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
  if (low !== undefined && high !== undefined && high !== '' && low !== '' && Number(low) > Number(high))
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
    const cents = Number(`${bare}e2`);
    return Number.isInteger(cents) ? String(cents) : undefined;
  }
  if (percent || (kind === 'share' && Math.abs(Number(bare)) > 1)) return String(Number(`${bare}e-2`));
  return String(Number(bare));
}

/** A stored number of an operand in the words of its column. */
function shownNumber(stored: string, kind: ColumnKind): string {
  if (stored === '') return '';
  if (kind === 'share') return `${Number(Number(`${stored}e2`).toPrecision(12))} %`;
  if (kind !== 'money') return stored;
  const dollars = Number(`${stored}e-2`);
  return `${dollars < 0 ? minusSign : ''}$${Math.abs(dollars).toFixed(2).replace(/\.00$/u, '')}`;
}

/** The condition without its column, as it is typed: `< 15 %`. */
export function conditionWords({ operator, operand }: Filter, kind: ColumnKind): string {
  const sign = operator === '=' ? '' : `${operator} `;
  if (operand === none) return operator === '=' ? '= none' : '!= none';
  if (operator === '~') return kind === 'text' ? operand : `~ ${operand}`;
  if (!isNumeric(kind)) return `${kind === 'text' ? '= ' : sign}${namesOf(operand).join(', ')}`;
  const ends = operand.split('..').map((end) => shownNumber(end, kind));
  return `${sign}${ends.join('..')}`;
}

/** As `conditionWords` with the column: `proposed < 15 %`. */
export function filterWords<Row>(filter: Filter, column: FilterColumn<Row>): string {
  const condition = conditionWords(filter, column.kind);
  return /^(<|>|!|=|~)/u.test(condition)
    ? `${column.say} ${condition}`
    : `${column.say} ${filter.operator === '~' ? '~' : '='} ${condition}`;
}
