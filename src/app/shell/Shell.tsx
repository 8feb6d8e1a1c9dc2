import { Outlet } from '@tanstack/react-router';
import { useOpenFiles, useSession, useSessionState, Busy, PageStatus } from '../../data/SessionContext.tsx';
import { waitingForEngine } from '../../data/session/state.ts';
import { useAsk } from '../../data/useAnswer.ts';
import { openScreen } from '../../views/open/screen.ts';
import { decoded } from '../../lib/address.ts';
import { Header, PrintHead } from './Header.tsx';
import styles from './Shell.module.css';
import { HostQuestion, LinkProblems, SparedFiles, WaitingLink, Refusals } from './Notices.tsx';
import { useLinkedFiles, type LinkState } from './useLinkedFiles.ts';
import { useRecentFiles } from './useRecentFiles.ts';
import { takeHandle, takeHandles } from '../../storage/recentFiles.ts';
import { NewVersion } from '../offline/keptBuild.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { openGiven } from './openGiven.ts';
import { useFirstVisit, useArrival } from './useArrival.ts';
import { startTour, tourLabel, useTourStep } from '../../views/shared/tour.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import { lazy, Suspense, useEffect, useState } from 'react';
import { QueryBehind, OriginOf } from '../../views/shared/ExportContexts.tsx';
import { useAddress } from '../../views/shared/useAddress.ts';
import { emptyFolder, readChosenFolder, readEntries } from '../../source/droppedFiles.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { useMoment } from '../../ui/useMoment.ts';
import { folderPickerId } from '../../ui/files.ts';
import { changedOnDisk } from '../../source/refusals.ts';

/** What every screen stands in: the bar, what is being opened, what was refused, and the place to drop files. */
export function Shell() {
  const link = useLinkedFiles();
  const lookedFor = useRecentFiles(link);
  useFirstVisit();
  const dragging = useDroppedFiles();
  useLaunchedFiles();
  const files = useOpenFiles();
  const arrived = useArrival();
  const tourStep = useTourStep();
  return (
    <>
      <PageStatus />
      <a className={styles.skip} href="#main" onClick={focusMain}>
        Skip to content
      </a>
      <Header />
      <PrintHead />
      <main id="main" className={styles.main} tabIndex={-1}>
        <NewVersion />
        <LinkProblems link={link} />
        <WaitingLink link={link} />
        <SparedFiles link={link} lookedFor={lookedFor} />
        <Refusals />
        <Introduction />
        <Changes link={link} />
        <OriginOf files={files}>
          <QueryBehind>
            <Place link={link} />
          </QueryBehind>
        </OriginOf>
        <FolderPicker />
      </main>
      <Suspense fallback={<Busy />}>{tourStep !== undefined && <Tour step={tourStep} />}</Suspense>
      <VisuallyHidden role="status">{arrived}</VisuallyHidden>
      <OpeningBar />
      <ManyFilesQuestion />
      <HostQuestion link={link} />
      {dragging && <div className={styles.dropHere}>Drop to open</div>}
    </>
  );
}

const Tour = lazy(async () => ({ default: (await import('../tour/Tour.tsx')).Tour }));
const OpenView = lazy(async () => ({ default: await openScreen.load() }));

const LinkWaits = lazy(async () => ({
  default: (await import('../../views/open/LinkWaits.tsx')).LinkWaits,
}));

const ChangedFiles = lazy(async () => ({
  default: (await import('./watch/ChangedFiles.tsx')).ChangedFiles,
}));

/** Fetched with the first file that may change, or for a folder that is followed. */
function Changes({ link }: { link: LinkState }) {
  const files = useOpenFiles();
  const { path, search } = useAddress(openScreen.fields);
  const isOpenScreen = path === openScreen.path;
  // A link may not make the page ask another host.
  const folder =
    isOpenScreen && search.folder?.startsWith(`${location.origin}/`) === true ? search.folder : undefined;
  const mayChange = files.some(({ linkToken }) => linkToken !== 'sample');
  if (!mayChange && folder === undefined) return null;
  return (
    <Suspense>
      <ChangedFiles held={link.held} folder={folder} isOpenScreen={isOpenScreen} />
    </Suspense>
  );
}

/** Milliseconds for which the start screen stays as it is while it leads to the list. */
const leftMs = 300;

/** The screen at the address; while there is no file to show on it, the way in, or what the link still needs. */
function Place({ link }: { link: LinkState }) {
  const { files, opening } = useSessionState();
  const { path } = useAddress();
  // Where the list's script is still being fetched, that is said.
  const isLeft = useMoment(link.leadsToList, leftMs);
  if (link.waitsFor.length > 0) {
    return (
      <Suspense fallback={<Busy />}>
        <LinkWaits link={link} />
      </Suspense>
    );
  }
  // An address that cannot be read is said at once: no file makes it readable.
  if ((files.length > 0 && !isLeft) || decoded(path) === undefined) return <Outlet />;
  if (opening !== undefined && path !== '/' && !isLeft) return <OpeningScreen names={opening.names} />;
  return (
    <Suspense fallback={<Busy />}>
      <OpenView isLeft={isLeft} />
    </Suspense>
  );
}

/** A fragment link would be an address of ours: move the focus instead. */
function focusMain(event: React.MouseEvent): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

/** What is being done about the files that were asked for; can be stopped at any moment. */
function OpeningBar() {
  const session = useSession();
  const { boot, opening } = useSessionState();
  if (opening === undefined) return null;
  const names = namesOf(opening.names);
  if (boot.phase === 'booting') {
    // What is read of a host meanwhile is said too: it may be all of a file.
    const meanwhile = opening.step === waitingForEngine ? '' : `; ${opening.step}`;
    return (
      <section className={styles.progress} aria-label="Opening files">
        <ProgressBar
          doing={`${names}: starting the database engine${meanwhile}`}
          // Fetched is not started: nobody knows how long the rest takes.
          fraction={boot.percent === undefined || boot.percent === 100 ? undefined : boot.percent / 100}
          onCancel={() => session.cancel()}
        />
      </section>
    );
  }
  return (
    <section className={styles.progress} aria-label="Opening files">
      <ProgressBar doing={`${names}: ${opening.step}`} onCancel={() => session.cancel()} />
    </section>
  );
}

function namesOf(names: readonly string[]): string {
  return names.length > 3 ? `${names.length} files` : names.join(', ');
}

/** In the place of a screen until the files are open: what is coming, in its outline. */
function OpeningScreen({ names }: { names: readonly string[] }) {
  return (
    <div className={styles.opening}>
      <h1>Opening {namesOf(names)}</h1>
      <p>
        The file is read in this browser and goes nowhere. The first time, the database engine has to be
        fetched; after that the browser keeps it.
      </p>
      <div className={styles.outline} aria-hidden>
        {Array.from({ length: 8 }, (_, row) => (
          <span key={row} />
        ))}
      </div>
    </div>
  );
}

/** Says why something is open that nobody opened. */
function Introduction() {
  const session = useSession();
  const { files, introduced } = useSessionState();
  const [sample] = files;
  if (!introduced || sample === undefined) return null;
  return (
    <Notice
      live
      actions={
        <>
          <Button size="small" onClick={startTour}>
            {tourLabel()}
          </Button>
          <Button size="small" onClick={() => session.keepIntroduction()}>
            Keep it
          </Button>
          <Button size="small" onClick={() => void session.close(sample.fileId)}>
            Close the sample
          </Button>
        </>
      }
    >
      This is the sample: experiments of Iterscope’s own lab. Files that you open take its place.
    </Notice>
  );
}

/** Asks before many databases are opened. */
function ManyFilesQuestion() {
  const { asked } = useSessionState();
  const count = asked?.count ?? 0;
  const answer = (open: boolean) => () => asked?.answer(open);
  return (
    <Dialog
      title={`Open ${count} databases?`}
      role="alertdialog"
      open={asked !== undefined}
      onClose={answer(false)}
      actions={
        <>
          <Button onClick={answer(false)}>Cancel</Button>
          <Button variant="primary" onClick={answer(true)}>
            Open {count} databases
          </Button>
        </>
      }
    >
      <p>They are opened one after the other, which may take a while; it can be stopped at any moment.</p>
    </Dialog>
  );
}

/** React knows no attribute for it. */
function takesFolder(input: HTMLInputElement | null): void {
  if (input !== null) input.webkitdirectory = true;
}

/** The input of the button that chooses a folder; what is in it and below it is opened as if it were dropped. */
function FolderPicker() {
  const session = useSession();
  return (
    <input
      id={folderPickerId}
      className={styles.picker}
      type="file"
      ref={takesFolder}
      aria-label="Open a folder of databases"
      tabIndex={-1}
      onClick={() => session.expectFiles()}
      onChange={(event) => {
        const files = [...(event.currentTarget.files ?? [])];
        event.currentTarget.value = '';
        const done = session.beginWork();
        void readChosenFolder(files)
          .then((found) => {
            const folder = files[0]?.webkitRelativePath.replace(/\/.*$/s, '') ?? 'The folder';
            if (found.length === 0) session.alert(emptyFolder(folder));
            else void session.openDropped(found);
          })
          .finally(done);
      }}
    />
  );
}

/** Files and folders dropped anywhere on the page are opened. Returns whether files are being dragged over it. */
function useDroppedFiles(): boolean {
  const session = useSession();
  const ask = useAsk();
  const [over, setOver] = useState(false);
  useEffect(() => {
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true;
    const drag = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      session.expectFiles();
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      // Leaving one element for another names the other; leaving the window names none.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      takeHandles(event.dataTransfer?.items);
      // Entries are gone after the event; a browser without them gives the files.
      const entries = [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry() ?? []);
      const folder = entries.find((entry) => entry.isDirectory)?.name;
      if (folder === undefined) {
        void openGiven(session, [...(event.dataTransfer?.files ?? [])], ask);
        return;
      }
      const done = session.beginWork();
      readEntries(entries)
        .then(
          (found) => {
            if (found.length === 0) session.alert(emptyFolder(folder));
            else void session.openDropped(found);
          },
          () => session.alert(changedOnDisk(folder)),
        )
        .finally(done);
    };
    document.addEventListener('dragover', drag);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', drag);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [session, ask]);
  return over;
}

interface LaunchQueue {
  setConsumer(consumer: (launch: { readonly files: readonly FileSystemFileHandle[] }) => void): void;
}

/** Opens what the installed app was started with by the file manager (`file_handlers` of the web manifest). */
function useLaunchedFiles(): void {
  const session = useSession();
  const ask = useAsk();
  useEffect(() => {
    const { launchQueue } = globalThis as { readonly launchQueue?: LaunchQueue };
    launchQueue?.setConsumer(({ files }) => {
      if (files.length === 0) return;
      const done = session.beginWork();
      // One that was moved meanwhile is left out; the others open.
      void Promise.allSettled(files.map(takeHandle))
        .then((taken) => {
          const found = taken.flatMap((each) => (each.status === 'fulfilled' ? (each.value ?? []) : []));
          const lost = files.find((_, at) => taken[at]?.status === 'rejected');
          if (lost !== undefined) session.alert(changedOnDisk(lost.name));
          if (found.length > 0) void openGiven(session, found, ask);
        })
        .finally(done);
    });
  }, [session, ask]);
}
