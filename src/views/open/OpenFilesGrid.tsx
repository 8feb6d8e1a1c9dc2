import { isLarge } from '../../data/session/isLarge.ts';
import { useSession } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import type { UnreadableReport } from '../../domain/unreadable/report.ts';
import { unreadable } from '../../queries/unreadable.ts';
import { formatBytes } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { dialectWords } from '../shared/dialectWords.ts';
import { Missing } from '../shared/Missing.tsx';
import { UnreadableNotice } from '../shared/UnreadableNotice.tsx';
import { useAddress } from '../shared/useAddress.ts';

const columnsOf = (
  unreadableOf: (file: OpenFile) => UnreadableReport | undefined,
): readonly GridColumn<OpenFile>[] => [
  { id: 'name', header: 'File', value: (file) => file.name, grow: true, width: 180 },
  {
    id: 'size',
    header: 'Size',
    value: (file) => file.sizeBytes,
    render: (file) =>
      file.sizeBytes === undefined ? (
        <Missing why="size unknown: the host does not tell it" />
      ) : (
        formatBytes(file.sizeBytes)
      ),
    align: 'end',
    width: 90,
  },
  {
    id: 'layout',
    header: 'Layout',
    value: (file) => file.dialects.map((dialect) => dialectWords[dialect]).join(', '),
    width: 300,
  },
  { id: 'writer', header: 'Written by', value: (file) => `DuckDB ${file.writerVersion}`, width: 130 },
  { id: 'wal', header: 'Log', value: (file) => (file.withWal ? 'with its WAL' : undefined), width: 110 },
  {
    id: 'unreadable',
    header: 'Unreadable cells',
    headerTitle: 'stored values that are no value of their kind',
    value: (file) => unreadableOf(file)?.cellCount,
    render: (file) =>
      unreadableOf(file)?.cellCount ?? (
        <Missing why={isLarge(file) ? 'not counted: the file is large' : 'not counted yet'} />
      ),
    align: 'end',
    width: 124,
  },
  {
    id: 'close',
    header: 'Close',
    value: () => undefined,
    render: (file) => <CloseButton file={file} />,
    sortable: false,
    width: 84,
  },
];

function CloseButton({ file }: { file: OpenFile }) {
  const session = useSession();
  return (
    <Button size="small" aria-label={`Close ${file.name}`} onClick={() => void session.close(file.fileId)}>
      Close
    </Button>
  );
}

/** The files that are open now. */
export function OpenFilesGrid({ files }: { files: readonly OpenFile[] }) {
  const { search } = useAddress();
  const { data: reports } = useJoinedAnswers(
    files.map((file) => ({ ...unreadable.about({ fileId: file.fileId }), enabled: !isLarge(file) })),
  );
  const columns = columnsOf((file) => reports[files.indexOf(file)]);
  return (
    <Card
      title="Open files"
      aside={String(files.length)}
      actions={<LinkButton href={hrefTo('/experiments', search)}>Experiments</LinkButton>}
    >
      <DataGrid
        name="Open files"
        columns={columns}
        rows={files}
        rowKey={(file) => file.fileId}
        emptyText="No file is open."
      />
      {files.map((file) => (
        <UnreadableNotice key={file.fileId} file={file} />
      ))}
    </Card>
  );
}
