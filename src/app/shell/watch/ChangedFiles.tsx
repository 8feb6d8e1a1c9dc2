import { useEffect, useRef, useState } from 'react';

import { useSession, useSessionState } from '../../../data/SessionContext.tsx';
import { isLarge, type OpenFile } from '../../../data/session/state.ts';
import { formatBytes, listOf } from '../../../lib/format.ts';
import { urlSource } from '../../../source/source.ts';
import { loadPreference, savePreference } from '../../../storage/preferences.ts';
import { latestFile, recentFiles, reopenFile } from '../../../storage/recentFiles.ts';
import { Button } from '../../../ui/Button.tsx';
import { openFilePicker } from '../../../ui/files.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { growthWords, type HeldBy } from '../../../views/open/linkedFiles.ts';
import styles from './ChangedFiles.module.css';
import { FileWatch, type FileChange, type Watched } from './fileWatch.ts';
import { FolderCard } from './FolderCard.tsx';

const everyMs = 5_000;
const nothing: Watched = { changes: new Map(), folders: [] };
/** More changed files than this are said in one line. */
const mostLines = 3;

interface ChangedFilesProps {
  readonly held: HeldBy;
  /** A folder of the page's own host that is followed while nothing of it is open. */
  readonly folder: string | undefined;
  readonly isOpenScreen: boolean;
}

/** What became of the open files and of the folders they lie in since they were opened. */
export function ChangedFiles({ held, folder, isOpenScreen }: ChangedFilesProps) {
  const session = useSession();
  const { files, grown, opening } = useSessionState();
  const watched = useWatched(held, folder);
  const { changes, folders } = watched;
  const [isAutomatic, setAutomatic] = useState(() => loadPreference('rereadChanged', ['yes']) === 'yes');
  const [later, setLater] = useState<ReadonlySet<string>>(new Set());
  const reread = useRef(new Set<string>());

  const changed = files.flatMap((file) => {
    const change = changes.get(file.fileId);
    return change === undefined ? [] : [{ file, change, key: `${file.fileId} ${change.state}` }];
  });
  const readable = changed.filter(({ change }) => change.source !== undefined);

  useEffect(() => {
    if (!isAutomatic || opening !== undefined) return;
    for (const { change, key, file } of readable) {
      const isCounted = change.holds !== undefined || isLarge(file);
      if (change.source === undefined || !isCounted || reread.current.has(key)) continue;
      reread.current.add(key);
      void session.open([change.source]);
      return;
    }
  }, [isAutomatic, opening, readable, session]);

  useEffect(() => {
    // A folder that was empty: its first database is what the reader waits for.
    const first = files.length === 0 && folder !== undefined ? folders[0]?.files[0] : undefined;
    if (first === undefined || opening !== undefined || reread.current.has(first.url)) return;
    reread.current.add(first.url);
    void session.open([urlSource(first.url)]);
  }, [files, folder, folders, opening, session]);

  const dismiss = (...keys: readonly string[]): void => setLater(new Set([...later, ...keys]));
  const choose = (automatic: boolean): void => {
    setAutomatic(automatic);
    savePreference('rereadChanged', automatic ? 'yes' : 'no');
  };
  const setting = (
    <label className={styles.setting}>
      <input
        type="checkbox"
        checked={isAutomatic}
        onChange={(event) => choose(event.currentTarget.checked)}
      />
      Always read again what has changed
    </label>
  );
  const said = changed.filter(({ key }) => !later.has(key));
  const readAgain = (some: typeof changed): void =>
    void session.open(some.flatMap(({ change }) => change.source ?? []));
  const isMany = said.length > mostLines;
  return (
    <>
      {isMany && (
        <Notice
          live
          code="file-changed"
          actions={
            <>
              <Button size="small" onClick={() => readAgain(said)}>
                Read them again
              </Button>
              {setting}
              <Button size="small" variant="ghost" onClick={() => dismiss(...said.map(({ key }) => key))}>
                Not now
              </Button>
            </>
          }
        >
          {said.length} files have changed: {listOf(said.slice(0, mostLines).map(({ file }) => file.name))}{' '}
          and {said.length - mostLines} more.
        </Notice>
      )}
      {!isMany &&
        said.map(({ file, change, key }) => (
          <Changed
            key={key}
            file={file}
            change={change}
            held={held}
            setting={setting}
            onLater={() => dismiss(key)}
          />
        ))}
      {files
        .filter(({ fileId }) => grown.has(fileId))
        .map((file) => (
          <Grown key={file.fileId} file={file} held={held} setting={setting} />
        ))}
      {folders.map((each) => (
        <FolderCard key={each.address} folder={each} isOpenScreen={isOpenScreen} />
      ))}
      {isOpenScreen && folder !== undefined && files.length === 0 && folders[0]?.files.length === 0 && (
        <Notice live>
          {folders[0].folder ?? 'The folder'} holds no database yet. The first that appears in it opens here.
        </Notice>
      )}
    </>
  );
}

/** Looks while the page can be seen, and at once when it is seen again. */
function useWatched(held: HeldBy, folder: string | undefined): Watched {
  const session = useSession();
  const [watched, setWatched] = useState(nothing);
  const now = useRef({ held, folder });
  useEffect(() => {
    now.current = { held, folder };
  }, [held, folder]);
  useEffect(() => {
    const watch = new FileWatch(session, latestFile, setWatched);
    const look = (): void => {
      if (document.visibilityState !== 'visible') return;
      const { held: latest, folder: followed } = now.current;
      void watch.look(Date.now(), latest, followed === undefined ? [] : [followed]);
    };
    look();
    const timer = setInterval(look, everyMs);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
      watch.stop();
    };
  }, [session]);
  return watched;
}

interface ChangedProps {
  readonly file: OpenFile;
  readonly change: FileChange;
  readonly held: HeldBy;
  readonly setting: React.ReactNode;
  readonly onLater: () => void;
}

/** One file that is not any more what was opened. */
function Changed({ file, change, held, setting, onLater }: ChangedProps) {
  const session = useSession();
  const { source } = change;
  if (change.kind === 'gone') return <Gone file={file} onLater={onLater} />;
  return (
    <Notice
      live
      code="file-changed"
      actions={
        <>
          {source === undefined ? (
            <Button size="small" onClick={openFilePicker}>
              Choose it again
            </Button>
          ) : (
            <Button
              size="small"
              disabled={change.unreadable !== undefined}
              onClick={() => void session.open([source])}
            >
              Read it again
            </Button>
          )}
          {source !== undefined && setting}
          <Button size="small" variant="ghost" onClick={onLater}>
            Not now
          </Button>
        </>
      }
    >
      <b>{file.name}</b> has changed{changeWords(file, change, held)}
    </Notice>
  );
}

function changeWords(file: OpenFile, change: FileChange, held: HeldBy): string {
  if (change.source === undefined)
    return ' on this machine. The browser may read it as it is now once it is chosen again; the view stays.';
  if (change.unreadable !== undefined)
    return `, and cannot be read as it is now: ${change.unreadable} What was read before stays on screen; it is tried again.`;
  const before = held(file);
  if (change.holds !== undefined && before !== undefined)
    return `: ${growthWords(countsOf(before), change.holds)}.`;
  const { sizeBytes } = change;
  return sizeBytes === undefined || sizeBytes === file.sizeBytes || file.sizeBytes === undefined
    ? '.'
    : ` (${formatBytes(sizeBytes)}, was ${formatBytes(file.sizeBytes)}).`;
}

const countsOf = (held: ReturnType<HeldBy>): ReadonlyMap<string, number> =>
  new Map((held ?? []).map(({ experimentId, iterationCount }) => [experimentId, iterationCount]));

/** A file that was moved or deleted: what the browser keeps of it goes on. */
function Gone({ file, onLater }: { file: OpenFile; onLater: () => void }) {
  const session = useSession();
  const [hasCopy, setHasCopy] = useState(false);
  const token = file.linkToken;
  useEffect(() => {
    let isWanted = true;
    recentFiles().then(
      (known) => {
        if (isWanted) setHasCopy(known.some((each) => each.token === token && each.way === 'copy'));
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [token]);
  const openCopy = async (): Promise<void> => {
    const again = await reopenFile(token, true);
    if (typeof again !== 'string') await session.openFiles(again.files);
  };
  return (
    <Notice
      live
      tone="warning"
      code="file-gone"
      actions={
        <>
          {hasCopy && (
            <Button size="small" onClick={() => void openCopy()}>
              Go on with the copy in this browser
            </Button>
          )}
          <Button size="small" variant="ghost" onClick={onLater}>
            Dismiss
          </Button>
        </>
      }
    >
      <b>{file.name}</b> is no longer where it was: moved or deleted. What was read of it stays on screen, and
      so do judgements; what was not read yet cannot be shown.
    </Notice>
  );
}

interface GrownProps {
  readonly file: OpenFile;
  readonly held: HeldBy;
  readonly setting: React.ReactNode;
}

/** A file that was read again, until the reader has seen what is new. */
function Grown({ file, held, setting }: GrownProps) {
  const session = useSession();
  const { grown } = useSessionState();
  const before = grown.get(file.fileId);
  const holds = held(file);
  if (before === undefined || holds === undefined) return null;
  return (
    <Notice
      live
      code="file-grown"
      actions={
        <>
          <Button size="small" onClick={() => session.forgetGrowth(file.fileId)}>
            Remove the marks
          </Button>
          {file.source.kind === 'url' && setting}
        </>
      }
    >
      <b>{file.name}</b> was read again: {growthWords(before, holds)}. What is new is marked.
    </Notice>
  );
}
