import { formatMoney, minusSign } from '../../../lib/format.ts';
import { cents } from '../../../lib/units.ts';
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
  /** Its name where it stands alone: in the list of columns, on an axis. */
  readonly label?: string | undefined;
  /** The exact value; undefined is not recorded. */
  readonly value: (row: Row) => CellValue;
  /** What `~` looks through, where that is more than the value. */
  readonly searchText?: ((row: Row) => string) | undefined;
  /** Of a set: another name by which a value may be asked for, as that of an experiment for its id. */
  readonly alias?: ((row: Row) => string) | undefined;
  /** What may be typed as a whole for a condition on it: `verdict does not follow`. In small letters. */
  readonly phrases?: ReadonlyMap<string, Condition> | undefined;
  /** Words that may be typed after `=` although it holds numbers. In small letters. */
  readonly answers?: ReadonlyMap<string, Condition> | undefined;
}

export const operators = ['<=', '>=', '!=', '<', '>', '=', '~'] as const;
export type Operator = (typeof operators)[number];

/** A condition without its column. */
export type Condition = Pick<Filter, 'operator' | 'operand'>;

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
export const none = 'none';

/** Names of a set; a comma in a name is written `%2C`. */
export function setOperand(names: readonly string[]): string {
  return names.map((name) => name.replaceAll('%', '%25').replaceAll(',', '%2C')).join(',');
}

export function namesInOperand(operand: string): readonly string[] {
  return operand.split(',').map((name) => name.replaceAll('%2C', ',').replaceAll('%25', '%'));
}

const number = String.raw`-?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`;
const rangeOf = new RegExp(`^(${number})?\\.\\.(${number})?$`, 'u');

/** An end of a range; a whole number is a bigint, which the language compares with any number exactly. */
type End = number | bigint;

export const endOf = (text: string): End => (/^-?\d+$/u.test(text) ? BigInt(text) : Number(text));

interface Range {
  readonly low: End;
  readonly high: End;
}

/** The range that a condition on numbers leaves, both ends included; undefined where it leaves no single one. */
export function rangeLeft({ operator, operand }: Filter): readonly [number, number] | undefined {
  const range = parseRange(operand);
  if (range === undefined) return undefined;
  const [low, high] = [Number(range.low), Number(range.high)];
  if (operator === '=') return [low, high];
  if (operator === '<' || operator === '<=') return [-Infinity, operator === '<' ? low : high];
  if (operator === '>' || operator === '>=') return [operator === '>' ? high : low, Infinity];
  return undefined;
}

/** Both ends included; either may be left out. Undefined for what is neither a number nor a range. */
function parseRange(operand: string): Range | undefined {
  if (new RegExp(`^${number}$`, 'u').test(operand)) return { low: endOf(operand), high: endOf(operand) };
  const found = rangeOf.exec(operand);
  if (found === null || operand === '..') return undefined;
  const [, low, high] = found;
  return {
    low: low === undefined ? -Infinity : endOf(low),
    high: high === undefined ? Infinity : endOf(high),
  };
}

export const isNumeric = (kind: ColumnKind) => kind === 'number' || kind === 'money' || kind === 'share';

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
    // Words of a set stand in the operand as they are stored; those of a text are anyone's.
    const written = (text: string) => (kind === 'text' ? text.toLowerCase() : text);
    const names = new Set(namesInOperand(operand).map(written));
    return (row) => {
      const found = value(row);
      // "Not this one" keeps what has none: it is not this one.
      return names.has(found === undefined ? none : written(String(found))) === (operator === '=');
    };
  }
  const range = parseRange(operand);
  if (range === undefined) return undefined;
  const { low, high } = range;
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

/** A stored number of an operand in the words of its column. */
function shownNumber(stored: string, kind: ColumnKind): string {
  if (stored === '') return '';
  if (kind === 'share') return `${Number(Number(`${stored}e2`).toPrecision(12))} %`;
  if (kind !== 'money') return stored;
  const end = endOf(stored);
  if (typeof end === 'bigint') return formatMoney(cents(end)).replace(/\.00$/u, '');
  // A part of a cent, which only an address written by hand has.
  const dollars = Number(`${stored}e-2`);
  return `${dollars < 0 ? minusSign : ''}$${Math.abs(dollars)}`;
}

/** The condition without its column, as it is typed: `< 15 %`. */
export function conditionWords({ operator, operand }: Filter, kind: ColumnKind): string {
  const sign = operator === '=' ? '' : `${operator} `;
  if (operand === none) return operator === '=' ? '= none' : '!= none';
  if (operator === '~') return kind === 'text' ? operand : `~ ${operand}`;
  if (!isNumeric(kind)) return `${kind === 'text' ? '= ' : sign}${namesInOperand(operand).join(', ')}`;
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
