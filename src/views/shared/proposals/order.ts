/** In which order the proposals of the table stand, there and on the desk. */
import type { GridSort } from '../../../ui/grid/gridColumn.ts';
import type { ProposalColumn } from './numberColumns.tsx';

/** As the address has it: `-saving` for the largest first. */
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
