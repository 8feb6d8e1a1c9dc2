import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import type { OwnSqlDesk } from '../../data/ownSql/ownSqlDesk.ts';
import { formatCount } from '../../lib/format.ts';
import type { Sql } from '../../lib/sql.ts';
import type { OwnResult, OwnRow } from '../../queries/ownTables/ownSql.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridSort, PagedRows } from '../../ui/grid/gridColumn.ts';
import { ExportResult } from './ExportResult.tsx';
import { gridColumns, ResultChart, rowKey } from './ResultChart.tsx';
import styles from './Sql.module.css';

interface ResultCardProps {
  readonly desk: OwnSqlDesk;
  readonly result: OwnResult;
  /** Of several results; undefined where there is one. */
  readonly place: string | undefined;
}

/** The rows of one statement: how many, how long it took, as a grid and as a chart. */
export function ResultCard({ desk, result, place }: ResultCardProps) {
  const [sort, setSort] = useState<GridSort>();
  const [isChart, setChart] = useState(false);
  const table = useSortedTable(desk, result, sort);
  const paged = useOwnRows(desk, result, table);
  const columns = useMemo(() => gridColumns(result), [result]);
  const name = place === undefined ? 'Results' : `Results ${place}`;
  const { rows, overRuns, milliseconds } = result;
  return (
    <Card
      title={name}
      aside={`${formatCount(rows)} ${rows === 1 ? 'row' : 'rows'}, ${formatCount(columns.length)} ${columns.length === 1 ? 'column' : 'columns'} in ${secondsWords(milliseconds)}${overRuns === undefined ? '' : `, ${overRuns}`}`}
      actions={
        <>
          {rows > 0 && (
            <Button variant="ghost" onClick={() => setChart(!isChart)}>
              {isChart ? 'Hide the chart' : 'Show as chart'}
            </Button>
          )}
          <ExportResult desk={desk} result={result} name={name} table={table} />
        </>
      }
    >
      {isChart && <ResultChart desk={desk} result={result} name={name} />}
      <DataGrid
        name={name}
        columns={columns}
        rows={noRows}
        paged={paged}
        rowKey={rowKey}
        sort={sort}
        onSortChange={setSort}
        emptyText="The statement gives no rows."
        maxHeight={560}
        footer={<span className={styles.note}>A dash is NULL. Money is in cents.</span>}
      />
    </Card>
  );
}

const noRows: readonly OwnRow[] = [];

function secondsWords(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.max(1, Math.round(milliseconds))} ms`
    : `${(milliseconds / 1000).toFixed(2)} s`;
}

/** The table that holds the rows in the order of the grid; the one before until it is made. */
function useSortedTable(desk: OwnSqlDesk, result: OwnResult, sort: GridSort | undefined): Sql {
  const [sorted, setSorted] = useState<{ readonly of: GridSort; readonly table: Sql }>();
  useEffect(() => {
    if (sort === undefined) return undefined;
    let isWanted = true;
    desk.sorted(result, Number(sort.columnId), sort.direction === 'descending').then(
      (table) => {
        if (isWanted) setSorted({ of: sort, table });
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [desk, result, sort]);
  return sort === undefined || sorted === undefined ? result.table : sorted.table;
}

const blockRows = 200;
/** Blocks that are kept; more than a screen and its neighbours. */
const keptBlocks = 40;

/** Rows of a result as they come into sight. */
function useOwnRows(desk: OwnSqlDesk, result: OwnResult, table: Sql): PagedRows<OwnRow> {
  const blocks = useRef(new Map<number, readonly OwnRow[] | undefined>());
  const [, redraw] = useState(0);
  const ask = useCallback(
    (block: number) => {
      const own = blocks.current;
      if (own.has(block)) return;
      own.set(block, undefined);
      for (const [oldest] of own) if (own.size > keptBlocks) own.delete(oldest);
      desk.rows({ table, columns: result.columns }, block * blockRows, blockRows).then(
        (rows) => {
          if (blocks.current !== own) return;
          own.set(block, rows);
          redraw((times) => times + 1);
        },
        () => own.delete(block),
      );
    },
    [desk, result, table],
  );
  // Rows of another order, or of another statement.
  useEffect(() => {
    blocks.current = new Map();
    ask(0);
  }, [ask]);
  const onDrawn = useCallback(
    (indexes: readonly number[]) => {
      for (const block of new Set(indexes.map((index) => Math.floor(index / blockRows)))) ask(block);
    },
    [ask],
  );
  return {
    count: result.rows,
    rowAt: (index) => blocks.current.get(Math.floor(index / blockRows))?.[index % blockRows],
    onDrawn,
  };
}
