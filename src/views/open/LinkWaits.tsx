import { useEffect, useState } from 'react';

import {
  isOfPrint,
  keepsFiles,
  nothingKept,
  recentFiles,
  reopenFile,
  type RecentFile,
} from '../../storage/recentFiles.ts';
import { tabTexts, mayLeadOn } from '../../storage/preferences.ts';
import { useOpenFiles, useSession } from '../../data/SessionContext.tsx';
import { isLarge, type OpenFile } from '../../data/session/state.ts';
import { formatBytes, listOf } from '../../lib/format.ts';
import { hostOf, shownAddress } from '../../source/remote/address.ts';
import { urlSource } from '../../source/source.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { openFilePicker, openFolderPicker } from '../../ui/files.ts';
import { Notice } from '../../ui/Notice.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { formatDataToken, type DataToken } from '../../url/dataToken.ts';
import { z } from 'zod';

import { name } from '../../url/fields.ts';
import { fingerprintOf } from '../shared/namedFile.ts';
import { useAddress, useTitle } from '../shared/useAddress.ts';
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
  const files = useOpenFiles();
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
  const files = useOpenFiles();
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
  if (files.some(({ linkToken }) => linkToken === token.bare)) {
    return (
      <p>
        <b>{shownAddress(token.bare)}</b>
        {said} was written to since the link was made. A copy of it as it was does as well.
      </p>
    );
  }
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

/** What this browser has of a file of this machine, and why no more. */
type Way =
  | { readonly kind: 'ask'; readonly token: string }
  | { readonly kind: 'not'; readonly words: string }
  | undefined;

/** Where the browser leads to the file and wants to be asked: one click. Else why it has to be chosen again. */
function OpenAgain({ print, name: fileName }: { print: string | undefined; name: string }) {
  const session = useSession();
  const [way, setWay] = useState<Way>();
  useEffect(() => {
    let isWanted = true;
    wayTo(print).then(
      (found) => {
        if (isWanted) setWay(found);
      },
      () => undefined,
    );
    return () => {
      isWanted = false;
    };
  }, [print]);
  if (way === undefined) return null;
  if (way.kind === 'not') return way.words;
  const open = async (): Promise<void> => {
    const again = await reopenFile(way.token, true);
    if (typeof again === 'string') setWay({ kind: 'not', words: lostWords[again] });
    else await session.openFiles(again.files);
  };
  return (
    <Button size="small" onClick={() => void open()}>
      Open {fileName} again
    </Button>
  );
}

async function wayTo(print: string | undefined): Promise<Way> {
  if (!(await keepsFiles())) return { kind: 'not', words: `${nothingKept} Choose it again.` };
  const known = (await recentFiles()).find((file) => isOfPrint(file, print));
  if (known === undefined) {
    const isLost = print !== undefined && tabTexts('unremembered').includes(print);
    return isLost ? { kind: 'not', words: unremembered } : undefined;
  }
  const { token } = known;
  if (known.way === 'none') return { kind: 'not', words: notKeptWords(known) };
  const again = await reopenFile(token, false);
  if (again === 'asks first') return { kind: 'ask', token };
  if (again === 'gone' && known.way === 'copy') return { kind: 'not', words: notKeptWords(known) };
  return typeof again === 'string' ? { kind: 'not', words: lostWords[again] } : undefined;
}

const unremembered =
  'It was open here, but this browser could keep nothing of it: its storage is full or switched off. Choose it again.';

const lostWords = {
  gone: 'It was open here and is no longer where it was: moved, renamed or deleted. Choose it where it is now.',
  refused: 'It was open here, and the browser is not allowed to read it again. Choose it again.',
  'asks first': 'It was open here, and the browser is not allowed to read it again. Choose it again.',
} as const;

const notKeptReasons = {
  'too large': 'it is too large',
  'no room': 'there is no room for one',
  'no place': 'it has no place for files, as in a private window',
} as const;

const notKeptWords = ({ notKept }: RecentFile): string =>
  notKept === undefined
    ? 'It was open here, and its copy in this browser was deleted. Choose it again.'
    : `It was open here, but this browser keeps no copy of it: ${notKeptReasons[notKept]}. Choose it again.`;

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
  // Of a large one it may never be asked.
  if (needed === undefined || (holds === undefined && !isLarge(file))) return null;
  const difference = differenceTo(needed, holds ?? [], namedExperiments(path, search.x));
  const print = fingerprintOf(file);
  const isNewer = holds !== undefined && difference?.kind === 'newer';
  const mayStandIn = holds === undefined || difference?.kind !== 'other';
  const words =
    holds === undefined
      ? 'It is large, and what is in it was not looked at yet.'
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
            onClick={() =>
              onTake(needed, formatDataToken(file.linkToken, print, file.sizeBytes, holds ?? []))
            }
          >
            {isNewer ? 'Open the newer copy' : 'Show the view with it'}
          </Button>
        ) : undefined
      }
    >
      <b>{file.name}</b>{' '}
      {isNewer
        ? 'is a newer copy'
        : file.linkToken === needed.bare
          ? 'is not what it was when the link was made'
          : file.name === needed.name
            ? 'is another file of this name'
            : `is not ${needed.name}`}
      . {words}
      {needed.print !== undefined && ` Fingerprint ${print}, not ${needed.print}.`}
    </Notice>
  );
}
