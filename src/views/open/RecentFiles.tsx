import { useEffect, useState } from 'react';

import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { formatBytes, plural } from '../../lib/format.ts';
import { urlSource } from '../../source/source.ts';
import { allowedHosts, forgetHosts, mayLeadOn } from '../../storage/preferences.ts';
import {
  copiedBytes,
  emptyCopies,
  forgetFile,
  keepsFiles,
  mostCopiedBytes,
  nothingKept,
  recentFiles,
  reopenFile,
  unreadableFiles,
  type RecentFile,
} from '../../storage/recentFiles.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './RecentFiles.module.css';

interface Kept {
  readonly files: readonly RecentFile[];
  readonly bytes: number;
  readonly hosts: readonly string[];
  readonly unreadable: readonly string[];
  /** Whether the browser keeps anything. */
  readonly isKept: boolean;
}

const ways: Readonly<Record<RecentFile['way'], string>> = {
  handle: 'on this machine; the browser may ask for permission',
  copy: 'a copy is kept in this browser',
  address: 'on its server',
  none: 'not kept: choose it again',
};

/** Files that were open before, with what was in them; and what this browser keeps for them. */
export function RecentFiles() {
  const session = useSession();
  const { go } = useAddress();
  const { files: open } = useSessionState();
  const [kept, setKept] = useState<Kept>();
  const [said, setSaid] = useState<ReadonlyMap<string, string>>(new Map());
  const [changes, setChanges] = useState(0);
  const refresh = () => setChanges((count) => count + 1);

  useEffect(() => {
    let isWanted = true;
    Promise.all([recentFiles(), copiedBytes(), unreadableFiles().catch(() => []), keepsFiles()]).then(
      ([files, bytes, unreadable, isKept]) => {
        if (isWanted) setKept({ files, bytes, unreadable, isKept, hosts: allowedHosts() });
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [changes, open]);

  const closed = kept?.files.filter(({ token }) => !open.some(({ linkToken }) => linkToken === token)) ?? [];
  if (kept === undefined) return null;
  const { bytes, hosts, unreadable, isKept } = kept;
  if (!isKept)
    return (
      <Card title="Recent files" padded>
        <p className={styles.kept}>
          {nothingKept} After a reload files have to be chosen again; judgements go with the tab, unless they
          are exported.
        </p>
      </Card>
    );
  if (closed.length === 0 && bytes === 0 && hosts.length === 0 && unreadable.length === 0) return null;

  const reopen = async ({ token, way }: RecentFile): Promise<void> => {
    if (way === 'none') return;
    if (way === 'address') {
      await session.open([urlSource(token, mayLeadOn(token) ? undefined : 'ask')]);
      return;
    }
    const again = await reopenFile(token, true);
    const words = reopenedWords(again);
    if (words !== undefined) setSaid((before) => new Map([...before, [token, words]]));
    if (typeof again !== 'string') await session.openFiles(again.files);
  };

  return (
    <Card title="Recent files" aside={String(closed.length)} padded>
      <ul className={styles.files} aria-label="Recent files">
        {closed.map((file) => (
          <li key={file.token}>
            <span className={styles.what}>
              <b>{file.name}</b>
              {file.sizeBytes !== undefined && `, ${formatBytes(file.sizeBytes)}`}, {file.held}
              {file.stopped !== undefined && (
                <a
                  href={file.stopped.hash}
                  onClick={(event) => {
                    event.preventDefault();
                    const { hash } = file.stopped ?? {};
                    // The file first: the browser asks for permission in answer to the click alone.
                    void reopen(file).then(() => hash !== undefined && go(hash));
                  }}
                >
                  {file.stopped.words}
                </a>
              )}
              <small>
                open {timeWords(file.openedAt)}; {said.get(file.token) ?? ways[file.way]}
              </small>
            </span>
            {file.way !== 'none' && (
              <Button size="small" aria-label={`Open ${file.name}`} onClick={() => void reopen(file)}>
                Open
              </Button>
            )}
            <Button
              size="small"
              variant="ghost"
              aria-label={`Forget ${file.name}`}
              onClick={() => void forgetFile(file.token).finally(refresh)}
            >
              Forget
            </Button>
          </li>
        ))}
      </ul>
      <p className={styles.kept}>
        Copies in this browser take {formatBytes(bytes)}, at most {formatBytes(mostCopiedBytes)}; they make a
        reload open the same files again.
        {bytes > 0 && (
          <Button size="small" onClick={() => void emptyCopies().finally(refresh)}>
            Delete all copies
          </Button>
        )}
      </p>
      {unreadable.length > 0 && (
        <p className={styles.kept}>
          What was remembered of {plural(unreadable.length, 'file')} could not be read: damaged, or written by
          another version.
          <Button size="small" onClick={() => void Promise.all(unreadable.map(forgetFile)).finally(refresh)}>
            Forget {unreadable.length === 1 ? 'it' : 'them'}
          </Button>
        </p>
      )}
      {hosts.length > 0 && (
        <p className={styles.kept}>
          Links may open files from {hosts.join(', ')} without asking.
          <Button
            size="small"
            onClick={() => {
              forgetHosts();
              refresh();
            }}
          >
            Ask again
          </Button>
        </p>
      )}
    </Card>
  );
}

function reopenedWords(again: Awaited<ReturnType<typeof reopenFile>>): string | undefined {
  switch (again) {
    case 'gone':
      return 'no longer there: it was moved or deleted. Choose it again';
    case 'refused':
    case 'asks first':
      return 'the browser was not allowed to read it. Open it once more to be asked again, or choose it';
    default:
      return again.changed ? 'it has changed since it was open' : undefined;
  }
}

/** `27 Nov 2026, 16:54`, in the reader's own time. */
function timeWords(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}
