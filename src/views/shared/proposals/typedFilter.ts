/** Conditions as readers type them: which column and which values are meant, or what cannot be understood. */
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
import { namesMeant, type SetValues } from './setValues.ts';

/** A condition as it was typed, or what is wrong with it. */
export type Typed = { readonly filter: Filter } | { readonly problem: string };

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
