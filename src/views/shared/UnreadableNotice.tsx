import { isLarge, type OpenFile } from '../../data/session/state.ts';
import { useAnswer, usePrefetch } from '../../data/useAnswer.ts';
import type { UnreadableCell, UnreadableReport } from '../../domain/unreadable.ts';
import { formatCount, plural } from '../../lib/format.ts';
import type { ExperimentId, SimulationId } from '../../lib/ids.ts';
import { unreadable } from '../../queries/fileFindings.ts';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';

interface UnreadableNoticeProps {
  readonly file: OpenFile;
  readonly experimentId?: ExperimentId;
  readonly simulationId?: SimulationId;
}

/** It looks at every text of the file, so a large one is not asked. */
function unreadableOf({ file, experimentId, simulationId }: UnreadableNoticeProps) {
  return {
    ...unreadable.about({ fileId: file.fileId, experimentId, simulationId }),
    enabled: !isLarge(file),
  };
}

/**
 * Asks for the notice while the page that will bear it is drawn, so that the page does not wait for it in the end. It
 * stays beside the notice: if it went when that comes, the question would be cancelled in between and asked anew.
 */
export function UnreadableAhead(props: UnreadableNoticeProps) {
  usePrefetch([unreadableOf(props)]);
  return null;
}

/** How many stored cells cannot be read, of a file, an experiment or a run, with the list of them; nothing when none. */
export function UnreadableNotice(props: UnreadableNoticeProps) {
  const { file } = props;
  const { data } = useAnswer(unreadableOf(props));
  if (data === undefined || (data.cellCount === 0 && data.missingColumns.length === 0)) return null;
  return (
    <Notice tone="warning">
      {data.missingColumns.length > 0 && (
        <p>
          {file.name} lacks {data.missingColumns.join(', ')}: what they would say is not known.
        </p>
      )}
      {data.cellCount > 0 && (
        <Disclosure summary={sentence(file.name, data)}>
          <DataGrid
            name="Unreadable cells"
            columns={columns}
            rows={data.cells}
            rowKey={(cell) => `${cell.table} ${cell.column} ${rowWords(cell)}`}
            emptyText="Every cell can be read."
          />
        </Disclosure>
      )}
    </Notice>
  );
}

function sentence(name: string, { cellCount, rowsLeftOut, cells }: UnreadableReport): string {
  const count = plural(cellCount, 'stored cell');
  const listed = cells.length < cellCount ? ` The first ${formatCount(cells.length)} are listed.` : '';
  const left =
    rowsLeftOut === 0
      ? ''
      : rowsLeftOut === 1
        ? ' 1 row is left out: it does not say what it is about.'
        : ` ${formatCount(rowsLeftOut)} rows are left out: they do not say what they are about.`;
  return `${count} of ${name} cannot be read; sums over ${cellCount === 1 ? 'it' : 'them'} are unknown.${left}${listed}`;
}

const rowWords = ({ rowKey }: UnreadableCell): string =>
  Object.entries(rowKey)
    .map(([column, value]) => `${column} ${value}`)
    .join(', ');

const columns: readonly GridColumn<UnreadableCell>[] = [
  { id: 'table', header: 'Table', value: (cell) => cell.table, width: 180 },
  { id: 'column', header: 'Column', value: (cell) => cell.column, width: 150 },
  { id: 'row', header: 'Row', value: rowWords, width: 360 },
  {
    id: 'stored',
    header: 'Stored',
    value: (cell) => cell.stored ?? 'nothing, where a value must be',
    width: 260,
    grow: true,
  },
];
