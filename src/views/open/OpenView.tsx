import { useOpenFiles, useSession, useSessionState } from '../../data/SessionContext.tsx';
import { openFilePicker, openFolderPicker } from '../../ui/files.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { useAddress, useTitle } from '../shared/useAddress.ts';
import styles from './OpenView.module.css';
import { useSamples } from '../../data/useSamples.ts';
import { formatBytes } from '../../lib/format.ts';
import Download from 'lucide-react/icons/download';
import { RecentFiles } from './RecentFiles.tsx';
import { Pictures } from './Pictures.tsx';
import { startTour, tourLabel } from '../shared/tour.ts';
import { memo, useId, useState, type SubmitEvent } from 'react';
import { readAddress, type AddressReading } from '../../source/readAddress.ts';
import { urlSource } from '../../source/source.ts';
import { allowHost, allowLeadingOn } from '../../storage/preferences.ts';
import { CodeBlock } from '../../ui/CopyButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import openByAddressStyles from './OpenByAddress.module.css';
import { isLarge, type OpenFile } from '../../data/session/state.ts';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import type { UnreadableReport } from '../../domain/unreadable.ts';
import type { HealthWord } from '../../domain/health/report.ts';
import { healthWord } from '../../queries/fileHealth.ts';
import { unreadable } from '../../queries/fileFindings.ts';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { StatusMark, StatusSign } from '../../ui/StatusMark.tsx';
import { conversion } from '../../source/refusals.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { outcomeStatus } from '../shared/Marks.tsx';
import { dialectWords } from '../../domain/experiment/normalised.ts';
import { Missing } from '../shared/Values.tsx';
import { UnreadableNotice } from '../shared/UnreadableNotice.tsx';

interface OpenViewProps {
  /** The list of what was opened is about to take its place: nothing is drawn or asked for that moment. */
  readonly isLeft?: boolean;
}

/** The way in: what this is, and where files go. */
export const OpenView = memo(function OpenView({ isLeft = false }: OpenViewProps) {
  useTitle('Open');
  const files = useOpenFiles();
  return (
    <div className={styles.page}>
      <Welcome />
      <div className={styles.ways}>
        <section className={styles.drop} aria-labelledby="drop-title">
          <span className={styles.sign} aria-hidden>
            <Download size={32} />
          </span>
          <div>
            <h2 id="drop-title">Drop database files here</h2>
            <p>
              or anywhere on this page; several at once, each with its <code>.wal</code> if there is one.
            </p>
          </div>
          <div className={styles.choose}>
            <Button variant="primary" onClick={openFilePicker}>
              Choose files
            </Button>
            <Button onClick={openFolderPicker}>Choose a folder</Button>
          </div>
          <OpenByAddress />
        </section>
        <Samples />
      </div>
      {files.length > 0 && !isLeft && <OpenFilesGrid files={files} />}
      <RecentFiles />
      <WhatOpens />
    </div>
  );
});

/** What the app is, in a sentence, a line and three pictures. */
function Welcome() {
  return (
    <>
      <div className={styles.lead}>
        <h1>See what every policy cost, and why it was kept or rejected</h1>
        <p>
          Iterscope reads the DuckDB files of payment-policy experiments, here in the browser. Nothing is
          uploaded, nothing is written.
        </p>
      </div>
      <Pictures />
    </>
  );
}

/** Experiments of our own laboratory, for a first look; nothing where the app was built without them. */
function Samples() {
  const session = useSession();
  const { opening, files } = useSessionState();
  return useSamples().map(({ title, byteCount, source }) => {
    const isOpening = opening?.names.includes(source.name) === true;
    const isOpen = files.some((file) => file.linkToken === 'sample');
    return (
      <Card key={source.url} title="No file at hand?" padded>
        <div className={styles.offer}>
          <p>{title}. The sample makes way for your own files.</p>
          {isOpen ? (
            <p>The sample is open.</p>
          ) : (
            <div className={styles.choose}>
              <Button disabled={isOpening} onClick={() => void session.open([source])}>
                Open the sample
              </Button>
              <span>{isOpening ? 'It opens in a moment.' : formatBytes(byteCount)}</span>
            </div>
          )}
          <div className={styles.choose}>
            <Button onClick={startTour}>{tourLabel()}</Button>
            <span>proposal, verdict, desk and run in five steps</span>
          </div>
        </div>
      </Card>
    );
  });
}

/** What can be opened, and what cannot with its remedy. */
function WhatOpens() {
  const [remedy, setRemedy] = useState(false);
  return (
    <Card title="What opens" padded>
      <ul className={styles.opens}>
        <Opens words="Experiments: finished, running or crashed">
          unified and run_id layouts, all versions
        </Opens>
        <Opens words="Simulation runs, killed ones too">with the .wal beside the file</Opens>
        <Opens words="Files of DuckDB 0.10 to 1.5">of any size; packed as .gz, .zip or .zst too</Opens>
        <li className={styles.not}>
          <StatusSign shape="cross" />
          Files of DuckDB 2 in its own format
          <small>
            <button type="button" className={styles.remedy} onClick={() => setRemedy(true)}>
              Three lines convert them
            </button>
          </small>
        </li>
      </ul>
      <Dialog title="Convert a file of DuckDB 2" open={remedy} onClose={() => setRemedy(false)}>
        <div className={styles.offer}>
          <p>DuckDB 2 makes a readable copy beside the file. The original stays as it is.</p>
          {conversion('results.db').map(({ label, text }) => (
            <CodeBlock key={label} label={label} text={text} />
          ))}
        </div>
      </Dialog>
    </Card>
  );
}

function Opens({ words, children }: { words: string; children: string }) {
  return (
    <li>
      <StatusSign shape="dot" />
      {words}
      <small>{children}</small>
    </li>
  );
}

/** A database on a web server, read by byte ranges; of anything else that is written here, what is possible. */
function OpenByAddress() {
  const session = useSession();
  const [address, setAddress] = useState('');
  const [told, setTold] = useState<Extract<AddressReading, { why: string }>>();
  const toldId = useId();
  const open = (url: string): void => {
    allowHost(url);
    allowLeadingOn(url);
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
      reading.urls.forEach(allowHost);
      reading.urls.forEach(allowLeadingOn);
      void session.open(reading.urls.map((each) => urlSource(each)));
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
          label="Or from a URL"
          value={address}
          onChange={(text) => {
            setAddress(text);
            setTold(undefined);
          }}
          placeholder="https://…/results.duckdb"
        />
        <Button type="submit" disabled={address.trim() === ''}>
          Open
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
    headerTitle: 'how far the file can be trusted; its runs are looked into on its page',
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
      file.sizeBytes === undefined ? <Missing why="size unknown" /> : formatBytes(file.sizeBytes),
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
