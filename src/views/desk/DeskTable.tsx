import { useMemo } from 'react';

import { doesNotFollow } from '../../domain/contradictions/contradiction.ts';
import { formatCount } from '../../lib/format.ts';
import type { Opinion } from '../../storage/reviews/review.ts';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { DownloadCsv } from '../shared/DownloadCsv.tsx';
import { useGridSort } from '../shared/useGridSort.ts';
import styles from './Desk.module.css';
import { deskColumns } from './deskColumns.tsx';
import type { ContradictionsOf, DeskRow } from './deskRow.ts';
import type { SpreadOf } from './useDesk.ts';
import { deskFields } from './fields.ts';
import { useAddress } from '../shared/useAddress.ts';

const unfounded = { 'data-follows': 'no' } as const;

interface DeskTableProps {
  /** In the order of the list. */
  readonly rows: readonly DeskRow[];
  readonly selectedKey: string | undefined;
  readonly opinionOf: (row: DeskRow) => Opinion | undefined;
  readonly spreadOf: SpreadOf;
  readonly contradictionsOf: ContradictionsOf;
  /** Chooses a row, back in the list. */
  readonly onOpen: (row: DeskRow) => void;
}

/** The listed proposals with every column, to sort and to take away. */
export function DeskTable(props: DeskTableProps) {
  const { rows, selectedKey, opinionOf, spreadOf, contradictionsOf, onOpen } = props;
  const columns = useMemo(
    () => deskColumns(opinionOf, spreadOf, contradictionsOf),
    [opinionOf, spreadOf, contradictionsOf],
  );
  const [sort, setSort] = useGridSort(useAddress(deskFields));
  return (
    <div className={styles.table}>
      <Card
        title="Proposals"
        aside={formatCount(rows.length)}
        actions={<DownloadCsv name="proposals" columns={columns} rows={rows} />}
      >
        <DataGrid
          name="Proposals"
          columns={columns}
          rows={rows}
          rowKey={(row) => row.key}
          rowData={(row) => (contradictionsOf(row).some(doesNotFollow) ? unfounded : undefined)}
          onActivate={onOpen}
          selectedKey={selectedKey}
          sort={sort}
          onSortChange={setSort}
          emptyText="No proposal fits the filters."
        />
      </Card>
    </div>
  );
}
