import { useCallback, useEffect, useRef, useState, useMemo } from 'react';

import { useSession } from '../../data/SessionContext.tsx';
import { useJoinedAnswers, useAsk } from '../../data/useAnswer.ts';
import type { Question } from '../../queries/query.ts';
import type { TableChoice } from '../../ui/export/ExportButtons.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';

/** Rows of one block: what the engine reads at once, several screens. */
const BLOCK_ROWS = 200;
/** While the reader drags the scroll bar past them, blocks are not asked for. */
const RESTING_MS = 60;

interface PagedAnswers<Row> {
  readonly rowAt: (index: number) => Row | undefined;
  readonly onDrawn: (indexes: readonly number[]) => void;
  readonly error: Error | undefined;
}

/** Rows of a long list, fetched in blocks where the screen is. */
export function usePagedRows<Row>(
  pageOf: (offset: number, limit: number) => Question<readonly Row[]>,
): PagedAnswers<Row> {
  const session = useSession();
  const [blocks, setBlocks] = useState<readonly number[]>([0]);
  const wanted = useRef<readonly number[]>([0]);
  const waiting = useRef<(() => void) | undefined>(undefined);
  useEffect(() => () => waiting.current?.(), []);

  const onDrawn = useCallback(
    (indexes: readonly number[]) => {
      const now = [...new Set(indexes.map((index) => Math.floor(index / BLOCK_ROWS)))];
      if (now.join() === wanted.current.join()) return;
      wanted.current = now;
      waiting.current?.();
      const endWork = session.beginWork();
      const timer = setTimeout(() => {
        waiting.current?.();
        setBlocks(now);
      }, RESTING_MS);
      waiting.current = () => {
        clearTimeout(timer);
        endWork();
        waiting.current = undefined;
      };
    },
    [session],
  );

  const { data, error } = useJoinedAnswers(blocks.map((block) => pageOf(block * BLOCK_ROWS, BLOCK_ROWS)));
  const rowAt = (index: number): Row | undefined => {
    const at = blocks.indexOf(Math.floor(index / BLOCK_ROWS));
    return data[at]?.[index % BLOCK_ROWS];
  };
  return { rowAt, onDrawn, error };
}

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
