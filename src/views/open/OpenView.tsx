import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { openFilePicker, openFolderPicker } from '../../ui/filePicker.ts';
import { Button } from '../../ui/Button.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { useTitle } from '../shared/useTitle.ts';
import { missingFiles } from './missingFiles.ts';
import styles from './OpenView.module.css';
import { useSamples } from '../../data/useSamples.ts';
import { formatBytes } from '../../lib/format.ts';
import samplesStyles from './Samples.module.css';
import { useId, useState, type SubmitEvent } from 'react';
import { readAddress, type AddressReading } from '../../source/readAddress.ts';
import { urlSource } from '../../source/source.ts';
import { CodeBlock } from '../../ui/CodeBlock.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import openByAddressStyles from './OpenByAddress.module.css';
import { isLarge } from '../../data/session/isLarge.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import type { UnreadableReport } from '../../domain/unreadable/report.ts';
import type { HealthWord } from '../../domain/health/report.ts';
import { healthWord } from '../../queries/fileHealth.ts';
import { unreadable } from '../../queries/unreadable.ts';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { StatusMark } from '../../ui/StatusMark.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { outcomeStatus } from '../shared/outcomeStatus.ts';
import { dialectWords } from '../../domain/experiment/dialectWords.ts';
import { Missing } from '../shared/Missing.tsx';
import { UnreadableNotice } from '../shared/UnreadableNotice.tsx';

/** The way in: files, an address, and what a link still waits for. */
export function OpenView() {
  useTitle('Open');
  const { files } = useSessionState();
  const { path, search } = useAddress();
  const missing = missingFiles(search.db ?? [], files);
  return (
    <div className={styles.page}>
      <section className={styles.drop} aria-labelledby="open-title">
        {missing.length > 0 ? (
          <>
            <h1 id="open-title">This link needs {missing.map((file) => file.name).join(' and ')}</h1>
            <p>
              The file stays on your machine and is not in the link. Drop it anywhere on this page, or choose
              it
              {path === '/' ? '.' : ', and the view opens.'}
            </p>
          </>
        ) : (
          <>
            <h1 id="open-title">Open an experiment database</h1>
            <p>
              Drop DuckDB files of policy-optimisation experiments anywhere on this page, each with its{' '}
              <code>.wal</code> if it has one. They are read in this browser: nothing is uploaded, nothing is
              written.
            </p>
          </>
        )}
        <div className={styles.choose}>
          <Button variant="primary" onClick={openFilePicker}>
            Choose files
          </Button>
          <Button onClick={openFolderPicker}>Choose a folder</Button>
        </div>
        <OpenByAddress />
        <Samples />
      </section>
      {files.length > 0 && <OpenFilesGrid files={files} />}
    </div>
  );
}

/** Experiments of our own laboratory, for a first look. */
function Samples() {
  const session = useSession();
  return useSamples().map(({ title, byteCount, source }) => (
    <p key={source.url} className={samplesStyles.sample}>
      <Button onClick={() => void session.open([source])}>Open the sample</Button> {title} (
      {formatBytes(byteCount)}).
    </p>
  ));
}

/** A database on a web server, read by byte ranges; of anything else that is written here, what is possible. */
function OpenByAddress() {
  const session = useSession();
  const [address, setAddress] = useState('');
  const [told, setTold] = useState<Extract<AddressReading, { why: string }>>();
  const toldId = useId();
  const open = (url: string): void => {
    setTold(undefined);
    setAddress(url);
    void session.open([urlSource(url)]);
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const reading = readAddress(address);
    if (reading === undefined) return;
    if (reading.kind === 'url') {
      open(reading.url);
      return;
    }
    if (reading.kind === 'several') {
      setTold(undefined);
      void session.open(reading.urls.map(urlSource));
      return;
    }
    setTold(reading);
    // What was written may hold a password: it is not shown again.
    if (reading.kind === 'instead') setAddress(reading.url);
  };
  return (
    <>
      <form className={openByAddressStyles.form} onSubmit={submit}>
        <TextField
          label="Or from an address"
          value={address}
          onChange={(text) => {
            setAddress(text);
            setTold(undefined);
          }}
          placeholder="https://…/results.duckdb"
        />
        <Button type="submit" disabled={address.trim() === ''}>
          Read
        </Button>
      </form>
      {told !== undefined && (
        <div className={openByAddressStyles.told}>
          <Notice
            tone="warning"
            live
            actions={
              told.kind === 'instead' ? (
                <Button aria-describedby={toldId} onClick={() => open(told.url)}>
                  {new URL(told.url).protocol === 'https:'
                    ? 'Open the https address'
                    : 'Open the http address'}
                </Button>
              ) : (
                <Button onClick={openFilePicker}>Choose files</Button>
              )
            }
          >
            <span id={toldId}>
              {told.why} {told.kind === 'instead' && <code>{told.url}</code>}
            </span>
          </Notice>
          {told.kind === 'no' && told.command !== undefined && (
            <CodeBlock label="In the folder of Iterscope" text={told.command} />
          )}
        </div>
      )}
    </>
  );
}

const columnsOf = (
  unreadableOf: (file: OpenFile) => UnreadableReport | undefined,
  healthOf: (file: OpenFile) => HealthWord | undefined,
  healthHref: string,
): readonly GridColumn<OpenFile>[] => [
  { id: 'name', header: 'File', value: (file) => file.name, grow: true, width: 180 },
  {
    id: 'health',
    header: 'Health',
    headerTitle: 'how far the file can be trusted; its runs are checked on request',
    value: (file) => healthOf(file)?.words,
    render: (file) => {
      const health = healthOf(file);
      if (health === undefined)
        return <Missing why={isLarge(file) ? 'not checked: the file is large' : 'not checked yet'} />;
      return (
        <a href={healthHref}>
          <StatusMark status={outcomeStatus(health.outcome, health.words)} />
        </a>
      );
    },
    width: 160,
  },
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
function OpenFilesGrid({ files }: { files: readonly OpenFile[] }) {
  const { search } = useAddress();
  const { data: reports } = useJoinedAnswers(
    files.map((file) => ({ ...unreadable.about({ fileId: file.fileId }), enabled: !isLarge(file) })),
  );
  const { data: words } = useJoinedAnswers(
    files.map((file) => ({
      ...healthWord.about({ fileId: file.fileId, isUnified: file.dialects.includes('A1') }),
      enabled: !isLarge(file),
    })),
  );
  const columns = columnsOf(
    (file) => reports[files.indexOf(file)],
    (file) => words[files.indexOf(file)],
    hrefTo('/health', search),
  );
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
