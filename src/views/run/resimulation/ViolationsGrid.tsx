import { useMemo } from 'react';

import type { OpenFile } from '../../../data/session/state.ts';
import type { Violation } from '../../../domain/replay/violation.ts';
import { DataGrid } from '../../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../../ui/grid/gridColumn.ts';
import { hrefTo } from '../../../url/addresses.ts';
import { useAddress } from '../../shared/useAddress.ts';
import { runFields } from '../fields.ts';

interface Row extends Violation {
  readonly key: string;
}

const promises: Readonly<Record<Violation['invariant'], string>> = {
  'INV-1': 'money is whole cents (INV-1)',
  'INV-2': 'a run repeats itself (INV-2)',
  'INV-5': 'a run comes out as stored (INV-5)',
  'INV-6': 'events tell everything (INV-6)',
};

const columns: readonly GridColumn<Row>[] = [
  { id: 'subject', header: 'About', value: (row) => row.subject, link: true, width: 300 },
  { id: 'promise', header: 'Promise', value: (row) => promises[row.invariant], width: 220 },
  { id: 'tick', header: 'Tick', value: (row) => row.tick, align: 'end', width: 64 },
  { id: 'table', header: 'Rows in', value: (row) => row.table ?? 'simulation_events', width: 180 },
  { id: 'message', header: 'What differs (cents)', value: (row) => row.message, grow: true, width: 420 },
];

/** What stored rows promise and do not keep, with the rows it is about. */
export function ViolationsGrid({ violations, file }: { violations: readonly Violation[]; file: OpenFile }) {
  const { search } = useAddress(runFields);
  const rows = useMemo(
    () => violations.map((violation, i): Row => ({ ...violation, key: i.toString() })),
    [violations],
  );
  return (
    <DataGrid
      name="Violations"
      columns={columns}
      rows={rows}
      rowKey={(row) => row.key}
      rowHref={({ subject, tick, table }) =>
        tick === undefined && table !== 'simulation_runs, transactions'
          ? undefined
          : hrefTo('/runs/$simulationId', search, { simulationId: subject, in: file.name, tick })
      }
      emptyText="Nothing stored breaks a promise."
      maxHeight={320}
    />
  );
}
