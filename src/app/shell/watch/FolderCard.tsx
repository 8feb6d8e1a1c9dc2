import { useState } from 'react';

import { useOpenFiles, useSession } from '../../../data/SessionContext.tsx';
import { formatBytes, listOf, plural } from '../../../lib/format.ts';
import { urlSource } from '../../../source/source.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { hrefTo } from '../../../url/addresses.ts';
import { useAddress } from '../../../views/shared/useAddress.ts';
import styles from './ChangedFiles.module.css';
import type { Folder } from './fileWatch.ts';

interface FolderCardProps {
  readonly folder: Folder;
  readonly isOpenScreen: boolean;
}

/** A folder that is followed: what came and went, in a line; on the open screen all that lies in it. */
export function FolderCard({ folder, isOpenScreen }: FolderCardProps) {
  const session = useSession();
  const files = useOpenFiles();
  const { search } = useAddress();
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const { folder: name } = folder;
  // Files named one by one are no folder to their reader.
  if (name === undefined) return null;
  const openUrls = new Set(files.flatMap(({ source }) => (source.kind === 'url' ? [source.url] : [])));
  const waiting = folder.files.filter(({ url }) => !openUrls.has(url));
  const appeared = waiting.filter(({ url }) => folder.appeared.includes(url) && !seen.has(url));
  // An open one has its own line.
  const gone = folder.gone.filter(
    (path) => !seen.has(path) && ![...openUrls].some((url) => url.endsWith(`/${encodeURI(path)}`)),
  );
  // `npm start` opens the first files of a large folder alone.
  const rest = waiting.filter(({ url }) => !folder.appeared.includes(url) && !seen.has(url));
  // An address names no more files.
  const next = rest.slice(0, Math.max(0, mostNamed - files.length));
  const openCount = folder.files.length - waiting.length;
  const isPart = rest.length > 0 && openCount > 1 && folder.files.length > openedAtOnce;
  const open = (some: Folder['files']): void => void session.open(some.map(({ url }) => urlSource(url)));
  return (
    <>
      {appeared.length > 0 && (
        <Notice
          live
          code="file-appeared"
          actions={
            <>
              <Button size="small" onClick={() => open(appeared)}>
                {appeared.length === 1 ? 'Open it' : `Open ${appeared.length} files`}
              </Button>
              <Button
                size="small"
                variant="ghost"
                onClick={() => setSeen(new Set([...seen, ...appeared.map(({ url }) => url)]))}
              >
                Not now
              </Button>
            </>
          }
        >
          New in {name}: <b>{namesOf(appeared.map(({ path }) => path))}</b>
        </Notice>
      )}
      {isPart && !isOpenScreen && (
        <Notice
          live
          code="folder-in-part"
          actions={
            <>
              <LinkButton size="small" href={hrefTo('/', search)}>
                Choose among them
              </LinkButton>
              {next.length > 0 && (
                <Button size="small" onClick={() => open(next)}>
                  Open {next.length} more
                </Button>
              )}
              <Button
                size="small"
                variant="ghost"
                onClick={() => setSeen(new Set([...seen, ...rest.map(({ url }) => url)]))}
              >
                Not now
              </Button>
            </>
          }
        >
          {openCount} of the {folder.files.length} databases in {name} are open. Not open:{' '}
          {namesOf(rest.map(({ path }) => path))}
        </Notice>
      )}
      {gone.length > 0 && (
        <Notice
          live
          code="file-gone"
          actions={
            <Button size="small" variant="ghost" onClick={() => setSeen(new Set([...seen, ...gone]))}>
              Dismiss
            </Button>
          }
        >
          No longer in {name}: {namesOf(gone)}
        </Notice>
      )}
      {isOpenScreen && folder.files.length > 0 && (
        <Card
          title={`Folder ${name}`}
          aside={`${plural(folder.files.length, 'database')}, ${folder.files.length - waiting.length} open`}
          actions={
            waiting.length > 1 && waiting.length + files.length <= mostNamed ? (
              <Button size="small" onClick={() => open(waiting)}>
                Open {waiting.length === folder.files.length ? 'all' : `the other ${waiting.length}`}
              </Button>
            ) : undefined
          }
          padded
        >
          <ul className={styles.files}>
            {folder.files.map((file) => (
              <li key={file.url}>
                {file.path} <span>{formatBytes(file.sizeBytes)}</span>
                {openUrls.has(file.url) ? (
                  <span>open</span>
                ) : (
                  <Button size="small" aria-label={`Open ${file.path}`} onClick={() => open([file])}>
                    Open
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Card>
      )}
    </>
  );
}

/** As many as `npm start` opens of a folder. */
const openedAtOnce = 20;
const mostNamed = 50;
const mostNames = 3;

function namesOf(paths: readonly string[]): string {
  const rest = paths.length - mostNames;
  return rest > 0
    ? `${paths.slice(0, mostNames).join(', ')} and ${rest} more`
    : listOf(paths.slice(0, mostNames));
}
