import { useEffect, useState } from 'react';

import { recentFiles, reopenFile } from '../../storage/recentFiles.ts';
import { mayLeadOn } from '../../storage/hosts.ts';
import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { formatBytes, listOf } from '../../lib/format.ts';
import { hostOf, shownAddress } from '../../source/remote/address.ts';
import { urlSource } from '../../source/source.ts';
import { Button } from '../../ui/Button.tsx';
import { openFilePicker, openFolderPicker } from '../../ui/filePicker.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { formatDataToken, type DataToken } from '../../url/dataToken.ts';
import { z } from 'zod';

import { name } from '../../url/fields.ts';
import { fingerprintOf } from '../shared/namedFile.ts';
import { useAddress } from '../shared/useAddress.ts';
import { useTitle } from '../shared/useTitle.ts';
import { differenceTo, heldWords, meantFile, namedExperiments, type HeldBy } from './linkedFiles.ts';
import styles from './OpenView.module.css';

/** Of any screen that names experiments beside its path. */
const comparedFields = { x: z.array(name) } as const;

interface LinkWaitsProps {
  readonly link: {
    readonly tokens: readonly DataToken[];
    readonly waitsFor: readonly DataToken[];
    readonly held: HeldBy;
    readonly answer: (tokens: readonly DataToken[], open: boolean) => void;
  };
}

/** In place of the view of a link as long as a file of it is missing: which one, and why what is open is not it. */
export function LinkWaits({ link }: LinkWaitsProps) {
  const { tokens, waitsFor, held } = link;
  const { files } = useSessionState();
  const { search, patch } = useAddress();
  useTitle('File needed');
  const meant = new Set(tokens.map((token) => meantFile(token, files)));
  const others = files.filter((file) => !meant.has(file) || isChanged(file, waitsFor));
  const reachable = files.map(({ linkToken }) => linkToken);
  const rest = tokens.filter((token) => !waitsFor.includes(token)).map(({ text }) => text);
  return (
    <div className={styles.page}>
      <section className={styles.drop} aria-labelledby="needed-title" data-code="file-needed">
        <h1 id="needed-title">This link needs {listOf(waitsFor.map(({ name }) => name))}</h1>
        {waitsFor.map((token) => (
          <NeededFile key={token.text} token={token} onOpen={() => link.answer([token], true)} />
        ))}
        <p>
          Drop it anywhere on this page, or choose it: its name does not matter, its content does. The view
          opens with it, and nothing is shown in its place meanwhile.
        </p>
        <div className={styles.choose}>
          <Button variant="primary" onClick={openFilePicker}>
            Choose files
          </Button>
          <Button onClick={openFolderPicker}>Choose a folder</Button>
          {files.length > 0 && (
            <LinkButton href={hrefTo('/experiments', { db: reachable })}>
              Show the open files instead
            </LinkButton>
          )}
          {rest.length > 0 && (
            <Button onClick={() => patch({ db: rest })}>
              Show the view without {listOf(waitsFor.map(({ name }) => name))}
            </Button>
          )}
        </div>
        {others.map((file) => (
          <OtherFile
            key={file.fileId}
            file={file}
            needed={waitsFor.find((token) => token.bare === file.linkToken) ?? bestFor(file, waitsFor, held)}
            held={held}
            onTake={(token, text) =>
              patch({ db: (search.db ?? []).map((each) => (each === token.text ? text : each)) })
            }
          />
        ))}
      </section>
    </div>
  );
}

const isChanged = (file: OpenFile, waitsFor: readonly DataToken[]): boolean =>
  waitsFor.some(({ bare }) => bare === file.linkToken);

/** The needed file that an open one may stand for: one of its name, else one whose experiments it holds, else the first. */
function bestFor(file: OpenFile, needed: readonly DataToken[], held: HeldBy): DataToken | undefined {
  const holds = held(file) ?? [];
  const shares = (token: DataToken): boolean =>
    token.held.some(({ experimentId }) => holds.some((own) => own.experimentId === experimentId));
  return needed.find(shares) ?? needed.find(({ name }) => name === file.source.name) ?? needed[0];
}

/** What is known of a file that is missing. */
function NeededFile({ token, onOpen }: { token: DataToken; onOpen: () => void }) {
  const session = useSession();
  const facts = [
    ...(token.sizeBytes === undefined ? [] : [formatBytes(token.sizeBytes)]),
    ...(token.held.length === 0 ? [] : [heldWords(token.held)]),
    ...(token.print === undefined ? [] : [`fingerprint ${token.print}`]),
  ];
  const said = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  if (token.kind === 'file') {
    return (
      <p>
        <b>{token.name}</b>
        {said} is on the machine of whoever made the link, or on yours. It is not in the link.{' '}
        <OpenAgain print={token.print} name={token.name} />
      </p>
    );
  }
  if (token.kind === 'unknown') return <p>{token.name} is no address that can be opened.</p>;
  const isUrl = token.kind === 'url';
  return (
    <>
      <p>
        <b>{isUrl ? shownAddress(token.bare) : token.name}</b>
        {said} is not open. A copy of it does as well.
      </p>
      {isUrl && (
        <Button
          onClick={() => {
            onOpen();
            void session.open([urlSource(token.bare, mayLeadOn(token.bare) ? undefined : 'ask')]);
          }}
        >
          Open from {hostOf(token.bare)}
        </Button>
      )}
    </>
  );
}

/** Where the browser leads to the file and wants to be asked: one click. */
function OpenAgain({ print, name: fileName }: { print: string | undefined; name: string }) {
  const session = useSession();
  const [token, setToken] = useState<string>();
  const [isUnkept, setUnkept] = useState(false);
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    let isWanted = true;
    void recentFiles().then((files) => {
      const known = files.find((file) => file.token.slice(-8) === print);
      if (!isWanted) return;
      setToken(known?.way === 'handle' ? known.token : undefined);
      setUnkept(known?.way === 'none');
    });
    return () => {
      isWanted = false;
    };
  }, [print]);
  if (isUnkept)
    return 'It was open here, but this browser keeps no copy of it: it is too large, or there is no room. Choose it again.';
  if (token === undefined) return null;
  const open = async (): Promise<void> => {
    const again = await reopenFile(token, true);
    if (again === 'gone') setFailed('It is no longer where it was. ');
    else if (typeof again === 'string') setFailed('The browser was not allowed to read it. ');
    else await session.openFiles(again.files);
  };
  return (
    <>
      {failed}
      <Button size="small" onClick={() => void open()}>
        Open {fileName} again
      </Button>
    </>
  );
}

interface OtherFileProps {
  readonly file: OpenFile;
  readonly needed: DataToken | undefined;
  readonly held: HeldBy;
  /** Replaces what the link names by this file. */
  readonly onTake: (token: DataToken, text: string) => void;
}

/** An open file that is not the one needed, and in what it differs. */
function OtherFile({ file, needed, held, onTake }: OtherFileProps) {
  const { path, search } = useAddress(comparedFields);
  const holds = held(file);
  if (needed === undefined || holds === undefined) return null;
  const difference = differenceTo(needed, holds, namedExperiments(path, search.x));
  const print = fingerprintOf(file);
  const isNewer = difference?.kind === 'newer';
  const mayStandIn = difference?.kind !== 'other';
  const isUncertain = file.source.kind === 'url' && needed.kind === 'file' && difference === undefined;
  const words = isUncertain
    ? 'Same experiments and as many iterations; whether all else is the same is not known of a file on a server.'
    : (difference?.words ??
      'Same experiments and as many iterations, but other content: it was written again, or by another run.');
  return (
    <Notice
      live
      tone={isNewer ? 'info' : 'warning'}
      code={isNewer ? 'newer-copy' : 'wrong-file'}
      actions={
        mayStandIn ? (
          <Button
            size="small"
            onClick={() => onTake(needed, formatDataToken(file.linkToken, print, file.sizeBytes, holds))}
          >
            {isNewer ? 'Open the newer copy' : 'Show the view with it'}
          </Button>
        ) : undefined
      }
    >
      <b>{file.name}</b>{' '}
      {isNewer
        ? 'is a newer copy'
        : file.name === needed.name
          ? 'is another file of this name'
          : `is not ${needed.name}`}
      . {words}
      {needed.print !== undefined && ` Fingerprint ${print}, not ${needed.print}.`}
    </Notice>
  );
}
