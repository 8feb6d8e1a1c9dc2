import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { ResultFigure } from '../../charts/ResultFigure.tsx';
import { chartKinds, guessRoles, type ChartKind, type ChartRoles } from '../../charts/shape/resultChart.ts';
import type { OwnSqlDesk } from '../../data/ownSql/ownSqlDesk.ts';
import { formatCount } from '../../lib/format.ts';
import type { Sql } from '../../lib/sql.ts';
import { type OwnResult, type OwnRow, isNumberType } from '../../queries/ownTables/ownSql.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Select } from '../../ui/TextField.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridSort, PagedRows, GridColumn } from '../../ui/grid/gridColumn.ts';
import { ExportResult } from './ExportResult.tsx';
import styles from './Sql.module.css';

interface ResultChartProps {
  readonly desk: OwnSqlDesk;
  readonly result: OwnResult;
  readonly name: string;
}

/** More rows than this are not fetched for a drawing. */
const mostRows = 20_000;
const none = 'none';

/** The result as lines, points or bars, by columns that are guessed and can be changed. */
function ResultChart({ desk, result, name }: ResultChartProps) {
  const [rows, setRows] = useState<readonly OwnRow[]>();
  const [chosen, setChosen] = useState<Partial<ChartRoles>>({});
  useEffect(() => {
    let isHere = true;
    desk.rows(result, 0, mostRows).then(
      (found) => {
        if (isHere) setRows(found);
      },
      () => undefined,
    );
    return () => {
      isHere = false;
    };
  }, [desk, result]);
  const columns = useMemo(
    () => result.columns.map((column) => ({ name: column.name, isNumber: isNumberType(column.type) })),
    [result],
  );
  const guessed = useMemo(
    () => (rows === undefined ? undefined : guessRoles(columns, rows)),
    [columns, rows],
  );
  const roles = useMemo(
    () => (guessed === undefined ? undefined : { ...guessed, ...chosen }),
    [guessed, chosen],
  );
  if (rows === undefined) return <p className={styles.empty}>Reading rows for the chart.</p>;
  if (roles === undefined)
    return (
      <p className={styles.empty}>A chart needs a column of numbers and another one; this result has none.</p>
    );
  const all = columns.map((column, place) => ({ value: String(place), label: column.name, column }));
  const choose = (part: 'x' | 'y', label: string) => (
    <Select
      label={label}
      value={String(roles[part])}
      options={all.filter(({ column }) => part === 'x' || column.isNumber)}
      onChange={(place) => setChosen({ ...chosen, [part]: Number(place) })}
    />
  );
  const note =
    result.rows > mostRows
      ? ` Drawn from the first ${formatCount(mostRows)} of ${formatCount(result.rows)} rows.`
      : '';
  return (
    <div className={styles.chart}>
      <div className={styles.roles}>
        <ToggleGroup<ChartKind>
          label="Kind of chart"
          choices={chartKinds.map((kind) => ({ value: kind, label: kindWords[kind] }))}
          value={roles.kind}
          onChange={(kind) => setChosen({ ...chosen, kind })}
        />
        {choose('x', 'Along')}
        {choose('y', 'Upwards')}
        <Select
          label="A colour for each"
          value={roles.series === undefined ? none : String(roles.series)}
          options={[{ value: none, label: 'none' }, ...all]}
          onChange={(place) => setChosen({ ...chosen, series: place === none ? undefined : Number(place) })}
        />
      </div>
      <ResultFigure
        name={`Chart of ${name}`}
        columns={columns}
        rows={rows}
        roles={roles}
        note={note}
        table={{ columns: gridColumns(result), rows, rowKey }}
      />
    </div>
  );
}

const kindWords: Readonly<Record<ChartKind, string>> = { line: 'Line', points: 'Points', bars: 'Bars' };

/** Rows have no key of their own: each is known by the object that it is. */
const keys = new WeakMap<OwnRow, string>();
let lastKey = 0;
function rowKey(row: OwnRow): string {
  const key = keys.get(row) ?? String((lastKey += 1));
  keys.set(row, key);
  return key;
}

function gridColumns({ columns }: OwnResult): readonly GridColumn<OwnRow>[] {
  return columns.map(({ name, type }, place): GridColumn<OwnRow> => ({
    id: String(place),
    header: name,
    headerTitle: type,
    value: (row) => row[place],
    align: isNumberType(type) ? 'end' : 'start',
    width: Math.min(260, Math.max(72, name.length * 8 + 28)),
  }));
}

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
