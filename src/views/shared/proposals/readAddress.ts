import type { GridSort } from '../../../ui/grid/gridColumn.ts';
import type { DeskRow } from './deskRow.ts';
import {
  formatFilter,
  isNumeric,
  namesInOperand,
  none,
  parseFilter,
  setOperand,
  testOf,
  type Filter,
} from './filter.ts';
import type { ProposalColumn } from './numberColumns.tsx';
import { namesMeant, type ValuesOf } from './typedFilter.ts';

/** A condition with the column that it is about. */
export interface ReadFilter {
  readonly filter: Filter;
  readonly column: ProposalColumn;
  readonly test: (row: DeskRow) => boolean;
}

/** What the conditions of an address mean for the columns that there are. All of them hold at once. */
interface ReadFilters {
  readonly filters: readonly ReadFilter[];
  /** Conditions that fit no column of the open files, or ask a column for what it cannot hold. */
  readonly unknown: readonly string[];
  /** A sentence on each name that a condition asks for and no proposal has. */
  readonly unmet: readonly string[];
}

export function readFilters(
  texts: readonly string[],
  columns: readonly ProposalColumn[],
  valuesOf: ValuesOf<DeskRow>,
): ReadFilters {
  const filters = new Map<string, ReadFilter>();
  const unknown: string[] = [];
  const unmet: string[] = [];
  for (const text of texts) {
    const parsed = parseFilter(text);
    const column = columns.find(({ id }) => id === parsed?.column);
    if (parsed === undefined || column === undefined) {
      unknown.push(text);
      continue;
    }
    const { filter, problem } = asStored(parsed, column, valuesOf);
    const test = testOf(filter, column);
    if (test === undefined) unknown.push(text);
    else filters.set(formatFilter(filter), { filter, column, test });
    if (problem !== undefined) unmet.push(problem);
    if (isUpsideDown(filter))
      unmet.push(`Nothing lies in ${filter.operand}: the first end is above the second.`);
  }
  return { filters: [...filters.values()], unknown, unmet };
}

/** `12..3`, which the parser lets through and no number fits. */
function isUpsideDown({ operand }: Filter): boolean {
  const [low, high] = operand.split('..').map((end) => (end === '' ? undefined : Number(end)));
  return low !== undefined && high !== undefined && low > high;
}

/** Names of a set as the files write them; what none of the rows has stays, and fits none. */
function asStored(filter: Filter, column: ProposalColumn, valuesOf: ValuesOf<DeskRow>) {
  const { operator, operand } = filter;
  if (column.kind !== 'set' || operand === none || (operator !== '=' && operator !== '!='))
    return { filter, problem: undefined };
  const names = namesInOperand(operand);
  const { meant, problem } = namesMeant(names, column, valuesOf(column));
  return { filter: { ...filter, operand: setOperand(meant.length === 0 ? names : meant) }, problem };
}

export function fitsAll(filters: readonly ReadFilter[]): (row: DeskRow) => boolean {
  const [first, ...others] = filters.map(({ test }) => test);
  if (first === undefined) return () => true;
  return others.length === 0 ? first : (row) => first(row) && others.every((test) => test(row));
}

/** Whether a column has no value of its kind in a row. */
export function isWithout({ value, kind }: ProposalColumn, row: DeskRow): boolean {
  const found = value(row);
  return found === undefined || (isNumeric(kind) && typeof found === 'string');
}

/** A key of the order in which proposals stand, as the address has it: `-saving` for the largest first. */
export const formatKey = ({ columnId, direction }: GridSort): string =>
  `${direction === 'descending' ? '-' : ''}${columnId}`;

/** Keys of an address that name a column; the first one orders most. */
export function readOrder(texts: readonly string[], columns: readonly ProposalColumn[]): readonly GridSort[] {
  return texts.flatMap((text) => {
    const descending = text.startsWith('-');
    const columnId = descending ? text.slice(1) : text;
    if (!columns.some(({ id }) => id === columnId)) return [];
    return [{ columnId, direction: descending ? 'descending' : 'ascending' } as const];
  });
}

/** `saving falling, then proposed`. */
export function orderWords(order: readonly GridSort[], columns: readonly ProposalColumn[]): string {
  return order
    .map(({ columnId, direction }) => {
      const say = columns.find(({ id }) => id === columnId)?.say ?? columnId;
      return direction === 'descending' ? `${say} falling` : say;
    })
    .join(', then ');
}
