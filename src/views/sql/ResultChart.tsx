import { useEffect, useMemo, useState } from 'react';

import { ResultFigure } from '../../charts/ResultFigure.tsx';
import { chartKinds, guessRoles, type ChartKind, type ChartRoles } from '../../charts/shape/resultChart.ts';
import type { OwnSqlDesk } from '../../data/ownSql/ownSqlDesk.ts';
import { formatCount } from '../../lib/format.ts';
import { isNumberType, type OwnResult, type OwnRow } from '../../queries/ownTables/ownSql.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { Select } from '../../ui/TextField.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
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
export function ResultChart({ desk, result, name }: ResultChartProps) {
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
export function rowKey(row: OwnRow): string {
  const key = keys.get(row) ?? String((lastKey += 1));
  keys.set(row, key);
  return key;
}

export function gridColumns({ columns }: OwnResult): readonly GridColumn<OwnRow>[] {
  return columns.map(({ name, type }, place): GridColumn<OwnRow> => ({
    id: String(place),
    header: name,
    headerTitle: type,
    value: (row) => row[place],
    align: isNumberType(type) ? 'end' : 'start',
    width: Math.min(260, Math.max(72, name.length * 8 + 28)),
  }));
}
