import { useMemo } from 'react';

import { useAsk } from '../../data/useAnswer.ts';
import type { Question } from '../../queries/query.ts';
import type { TableChoice } from '../../ui/export/ExportGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';

const block = 5_000;

/** All rows of a list that is fetched page by page, read block by block when they are to leave. */
export function useAllPages<Row>(
  columns: readonly GridColumn<Row>[],
  count: number,
  pageOf: (offset: number, limit: number) => Question<readonly Row[]>,
): TableChoice<Row> {
  const ask = useAsk();
  return useMemo(
    () => ({
      columns,
      count,
      read: async (most, onProgress) => {
        const rows: Row[] = [];
        for (let offset = 0; offset < Math.min(most, count); offset += block) {
          rows.push(...(await ask(pageOf(offset, Math.min(block, most - offset)))));
          onProgress(rows.length);
        }
        return rows;
      },
    }),
    [ask, columns, count, pageOf],
  );
}
