import { useMemo } from 'react';

import type { OpenFile } from '../../data/session/state.ts';
import type { HealthCheck, HealthRow } from '../../domain/health/report.ts';
import { formatCount } from '../../lib/format.ts';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { hrefTo } from '../../url/addresses.ts';
import type { FileSearch } from '../../url/fields.ts';
import { textWidth } from '../shared/columnWidth.ts';
import { useAddress } from '../shared/useAddress.ts';

/** The records that a check found, each with both values and the way to it. */
export function OffendingGrid({ file, check }: { readonly file: OpenFile; readonly check: HealthCheck }) {
  const { search } = useAddress();
  const { rows, count, title } = check;
  const columns = useMemo(() => columnsOf(rows), [rows]);
  const keys = useMemo(() => new Map(rows.map((row, i) => [row, String(i)])), [rows]);
  const hidden = count - rows.length;
  return (
    <DataGrid
      name={`${title}: ${file.name}`}
      columns={columns}
      rows={rows}
      rowKey={(row) => keys.get(row) ?? ''}
      rowHref={(row) => hrefOf(row, file, search.db)}
      emptyText="No records."
      maxHeight={320}
      footer={hidden > 0 ? `and ${formatCount(hidden)} more` : undefined}
    />
  );
}

/** Of what these rows are told by; the others are left out. */
function columnsOf(rows: readonly HealthRow[]): readonly GridColumn<HealthRow>[] {
  const told = (value: (row: HealthRow) => string | number | undefined): boolean =>
    rows.some((row) => value(row) !== undefined);
  const texts = (value: (row: HealthRow) => string | undefined, least: number, most: number): number =>
    textWidth(
      rows.map((row) => value(row) ?? ''),
      least,
      most,
    );
  const all: readonly (GridColumn<HealthRow> & { readonly isShown: boolean })[] = [
    {
      id: 'experiment',
      header: 'Experiment',
      value: (row) => row.experimentId,
      width: texts((row) => row.experimentId, 120, 260),
      isShown: told((row) => row.experimentId),
    },
    {
      id: 'iteration',
      header: 'Iter',
      value: (row) => row.iteration,
      align: 'end',
      width: 64,
      isShown: told((row) => row.iteration),
    },
    {
      id: 'agent',
      header: 'Agent',
      value: (row) => row.agentId,
      width: 96,
      isShown: told((row) => row.agentId),
    },
    {
      id: 'run',
      header: 'Run',
      value: (row) => row.simulationId,
      width: texts((row) => row.simulationId, 120, 260),
      isShown: told((row) => row.simulationId),
    },
    {
      id: 'subject',
      header: 'Row',
      value: (row) => row.subject,
      width: texts((row) => row.subject, 160, 360),
      // Ids say it already where the record has a page of its own.
      isShown: rows.some((row) => row.subject !== '' && placeWords(row) === undefined),
    },
    {
      id: 'stored',
      header: 'Stored',
      value: (row) => row.stored,
      width: texts((row) => row.stored, 100, 260),
      isShown: told((row) => row.stored),
    },
    {
      id: 'expected',
      header: 'Recomputed',
      value: (row) => row.expected,
      width: texts((row) => row.expected, 124, 260),
      isShown: told((row) => row.expected),
    },
    {
      id: 'open',
      header: 'Look at it',
      value: placeWords,
      link: true,
      narrow: 1,
      width: 104,
      isShown: told(placeWords),
    },
    {
      id: 'what',
      header: 'What is wrong',
      value: (row) => row.sentence,
      width: texts((row) => row.sentence, 260, 480),
      grow: true,
      isShown: true,
    },
  ];
  return all.filter(({ isShown }) => isShown);
}

/** Where a record can be looked at, in a word; undefined where it has no page. */
function placeWords({ experimentId, iteration, agentId, simulationId }: HealthRow): string | undefined {
  if (simulationId !== undefined) return 'Run';
  if (experimentId === undefined) return undefined;
  if (iteration === undefined) return 'Experiment';
  return agentId === undefined ? 'Iteration' : 'Review';
}

function hrefOf(row: HealthRow, file: OpenFile, db: FileSearch['db']): string | undefined {
  const { experimentId, iteration, agentId, simulationId } = row;
  const here = { db, in: file.name };
  if (simulationId !== undefined) return hrefTo('/runs/$simulationId', here, { ...here, simulationId });
  if (experimentId === undefined) return undefined;
  if (iteration === undefined) return hrefTo('/experiments/$experimentId', here, { ...here, experimentId });
  const place = { ...here, experimentId, iteration };
  return agentId === undefined
    ? hrefTo('/experiments/$experimentId/iterations/$iteration', here, place)
    : hrefTo('/experiments/$experimentId/proposals', here, { ...place, agent: agentId, show: 'all' });
}
