import { useRouterState } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';

import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { isLarge, type OpenFile } from '../../data/session/state.ts';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { readAddress } from '../../source/readAddress.ts';
import { fetchFailed } from '../../source/refusals.ts';
import { type Source, sampleSource, urlSource } from '../../source/source.ts';
import {
  allowHost,
  isAllowed,
  mayLeadOn,
  isTabMarked,
  rememberTabTexts,
  tabTexts,
} from '../../storage/preferences.ts';
import { hrefTo } from '../../url/addresses.ts';
import { formatDataToken, parseDataToken, type DataToken } from '../../url/dataToken.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import {
  differenceTo,
  meantFile,
  neededTokens,
  scopeFields,
  type HeldBy,
} from '../../views/open/linkedFiles.ts';
import { fingerprintOf, isPrintOf } from '../../views/shared/namedFile.ts';

/** What the address asks for and has not got. */
export interface LinkState {
  readonly tokens: readonly DataToken[];
  /** The first files have been opened on the start screen, which is still there: the list is about to be shown. */
  readonly leadsToList: boolean;
  /** Files that the link's view waits for; none: it is shown. */
  readonly waitsFor: readonly DataToken[];
  /** Files that are not open and that the link's view does without. */
  readonly spared: readonly DataToken[];
  readonly held: HeldBy;
  /** Files on another host that the reader has to be asked about. */
  readonly asksAbout: readonly DataToken[];
  /** The reader's answer about the hosts of these files. */
  readonly answer: (tokens: readonly DataToken[], open: boolean) => void;
}

/**
 * Keeps the address and the open files in step: what the address names is opened once, what is opened is named in the
 * address. While something is missing that the address names, the address stays as it came.
 */
export function useLinkedFiles(): LinkState {
  const session = useSession();
  const { files, left, opening, introduced, successors } = useSessionState();
  const { path, search, patch, go } = useAddress(scopeFields);
  // The screen that is still there while the one at `path` is being loaded.
  const shownPath = useRouterState({ select: ({ resolvedLocation }) => resolvedLocation?.pathname });
  const db = search.db;
  // Also where Back leads to an address of before a file was written to and read again.
  const tokens = useMemo(
    () => (db ?? []).map((text) => latestOf(parseDataToken(text), files, successors)),
    [db, files, successors],
  );
  const held = useHeld(files, path);
  const asked = useRef(new Set<string>());
  // No ref, as it is read while drawing: what it says changes with the files and the address alone.
  const [leading] = useState(() => ({ opened: new Set<string>(), goesToList: false, isLed: false }));
  const wasIntroduced = useRef(false);
  /** What was asked for, with how that ended. Refused by the reader, or over: open, or said in an alert. */
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  /** Remote files as this tab has shown them, before a reload too. */
  const [seen, setSeen] = useState<ReadonlySet<string>>(() => new Set(tabTexts('seenRemote')));
  const [declined, setDeclined] = useState<ReadonlySet<string>>(new Set());

  const isOpen = useCallback((token: DataToken) => meantFile(token, files) !== undefined, [files]);
  const unanswered = tokens.filter(
    (token) => token.kind === 'url' && !isAllowed(token.bare) && !isOpen(token) && !left.includes(token.bare),
  );
  const needed = neededTokens(tokens, path, search);
  const asksAbout = unanswered.filter((token) => needed.includes(token) && !declined.has(token.bare));

  useEffect(() => {
    const fresh = tokens.filter(
      (token) =>
        token.kind !== 'file' &&
        !asked.current.has(token.bare) &&
        (token.kind !== 'url' || isAllowed(token.bare)),
    );
    const sources = fresh.flatMap((token): Source[] => {
      asked.current.add(token.bare);
      const source = sourceOf(token.bare);
      if ('code' in source) session.alert(source);
      return 'code' in source ? [] : [source];
    });
    if (fresh.length === 0) return;
    const [only] = sources;
    // Reloaded: what nobody asked for then is still not asked for.
    if (
      only !== undefined &&
      sources.length === 1 &&
      fresh[0]?.kind === 'sample' &&
      isTabMarked('sampleUnasked')
    ) {
      void session.introduce(only);
      return;
    }
    void session
      .open(sources)
      .finally(() => setEnded((before) => new Set([...before, ...fresh.map(({ bare }) => bare)])));
    // `declined` changes with the reader's answer.
  }, [tokens, session, declined]);

  const answer = useCallback((about: readonly DataToken[], open: boolean) => {
    for (const { bare } of about) {
      if (open) allowHost(bare);
      // Asked for anew where it was declined before.
      if (open) asked.current.delete(bare);
    }
    setDeclined((before) => {
      const next = new Set(before);
      for (const { bare } of about) {
        if (open) next.delete(bare);
        else next.add(bare);
      }
      return next;
    });
  }, []);

  const missing = tokens.filter((token) => {
    if (isOpen(token) || left.includes(token.bare)) return false;
    if (token.kind === 'file' || unanswered.includes(token)) return true;
    return ended.has(token.bare) && opening === undefined;
  });
  // Another state of a remote file, which the reader has to see as what it is; not one that was read again on request,
  // nor one that this tab has shown: a reload while a file grows goes on with it.
  const changed = tokens.filter((token) => {
    const file = files.find(({ linkToken }) => linkToken === token.bare);
    if (file === undefined || token.kind !== 'url' || token.print === undefined) return false;
    if (isPrintOf(file, token.print) || seen.has(seenAs(token.bare, token.print))) return false;
    if (file.prints.content !== undefined) return true;
    // Its host did not give what its fingerprint is made of.
    const holds = held(file);
    return holds !== undefined && differenceTo(token, holds) !== undefined;
  });
  const lacking = missing.filter((token) => needed.includes(token));
  const isNeeded = lacking.some(({ kind }) => kind === 'file') || lacking.length === needed.length;
  const waitsFor = [...(isNeeded ? lacking : []), ...changed.filter((token) => needed.includes(token))];
  const spared = missing.filter((token) => !needed.includes(token));
  const waits = waitsFor.length > 0;
  const isFirst = files.length > 0 && files.every(({ linkToken }) => !leading.opened.has(linkToken));
  const isOnWay = leading.isLed && (leading.goesToList || path === '/experiments');
  const leadsToList = shownPath === '/' && !waits && ((isFirst && path === '/') || isOnWay);
  // Changed too, and not read by this view: a view that reads it will wait.
  const aside = changed
    .filter((token) => !needed.includes(token))
    .map(({ text }) => text)
    .join('\n');

  useEffect(() => {
    const open = files.map((file) => file.linkToken);
    // Opened by a button or a drop: the address will name it, and must not open it once more.
    // Closed and opened again is new.
    for (const token of left) leading.opened.delete(token);
    const fresh = open.filter((token) => !leading.opened.has(token));
    for (const token of open) {
      leading.opened.add(token);
      asked.current.add(token);
    }
    const sampleGaveWay = wasIntroduced.current && files.length > 0 && !open.includes('sample');
    wasIntroduced.current = introduced;
    if (path === '/experiments') leading.goesToList = false;
    // Shown, or the reader went elsewhere.
    if (shownPath !== '/' || (!leading.goesToList && path !== '/experiments')) leading.isLed = false;
    // The address follows in a turn of its own; a change of it meanwhile would keep the reader here.
    if (leading.goesToList) return;
    const goToList = (tokens: readonly string[]): void => {
      leading.goesToList = true;
      leading.isLed = fresh.length === open.length;
      go(hrefTo('/experiments', { db: someOf(tokens) }));
    };
    // The address of something in the sample leads nowhere once the sample has gone; a link to another file does.
    const isOfSample = tokens.every(({ kind }) => kind === 'sample');
    if (sampleGaveWay && isOfSample && path !== '/experiments') {
      goToList(open);
      return;
    }
    const gone = new Set(left);
    if (!tokens.some(({ bare }) => gone.has(bare))) session.forgetLeft();
    else {
      const stays = tokens.filter(({ bare }) => !gone.has(bare)).map(({ text }) => text);
      const others = open.filter((token) => !tokens.some(({ bare }) => bare === token));
      patch({ db: someOf([...stays, ...(waits ? [] : others)]) });
      return;
    }
    if (waits) return;
    // The order of the link stays: it decides which of two files is meant that hold the same id.
    const meant = tokens.map((token) => meantFile(token, files));
    const isAside = ({ text }: DataToken): boolean => aside.split('\n').includes(text);
    const kept = tokens.map((token, i) => (isAside(token) ? token.text : said(meant[i], token, held)));
    const added = files.filter((file) => !meant.includes(file));
    const wanted = [...new Set([...kept, ...added.map((file) => said(file, undefined, held))])];
    if (fresh.length > 0 && path === '/') {
      goToList(wanted);
      return;
    }
    const isSaid = wanted.length === tokens.length && wanted.every((text, i) => text === db?.[i]);
    const unseen = files
      .filter((file) => !tokens.some((token) => isAside(token) && token.bare === file.linkToken))
      .flatMap((file) => (file.source.kind === 'url' ? seenAs(file.linkToken, fingerprintOf(file)) : []))
      .filter((text) => !seen.has(text));
    if (unseen.length > 0) {
      setSeen(new Set([...seen, ...unseen]));
      rememberTabTexts('seenRemote', unseen);
    }
    if (!isSaid) {
      const into = { ...renamed(search.in, tokens, meant), ...succeeded(search.in, files, successors) };
      patch({ db: someOf(wanted), ...into });
    }
  }, [
    files,
    left,
    introduced,
    tokens,
    waits,
    aside,
    held,
    seen,
    path,
    shownPath,
    search.in,
    db,
    session,
    patch,
    go,
    successors,
    leading,
  ]);

  return { tokens, leadsToList, waitsFor, spared, held, asksAbout, answer };
}

const seenAs = (address: string, print: string): string => `${address}#${print}`;

const someOf = (tokens: readonly string[]): string[] | undefined =>
  tokens.length === 0 ? undefined : [...tokens];

/** How the address names a file: with what it holds as soon as that is known. */
function said(file: OpenFile | undefined, token: DataToken | undefined, held: HeldBy): string {
  if (file === undefined) return token?.text ?? '';
  const holds = held(file);
  if (holds === undefined) return token?.bare === file.linkToken ? token.text : file.linkToken;
  return formatDataToken(file.linkToken, fingerprintOf(file), file.sizeBytes, holds);
}

/** Where the file that `in` names has another name here. */
function renamed(
  name: string | undefined,
  tokens: readonly DataToken[],
  meant: readonly (OpenFile | undefined)[],
): { readonly in?: string } {
  const at = tokens.findIndex(
    (token) => token.name === name || `${token.name}~${token.print ?? ''}` === name,
  );
  const file = at < 0 ? undefined : meant[at];
  return file === undefined || file.source.name === tokens[at]?.name ? {} : { in: file.name };
}

/** What a link means today where the file that it means was written to and read again. */
function latestOf(
  token: DataToken,
  files: readonly OpenFile[],
  successors: ReadonlyMap<string, string>,
): DataToken {
  let { bare } = token;
  for (let steps = 0; steps <= successors.size; steps++) {
    if (files.some(({ linkToken }) => linkToken === bare))
      return bare === token.bare ? token : parseDataToken(bare);
    bare = successors.get(bare) ?? bare;
  }
  return token;
}

/** Where the file that `in` names by its fingerprint was written to and read again. */
function succeeded(
  name: string | undefined,
  files: readonly OpenFile[],
  successors: ReadonlyMap<string, string>,
): { readonly in?: string } {
  const after = successors.get(`file:${name ?? ''}`);
  const file = files.find(({ linkToken }) => linkToken === after);
  return file === undefined ? {} : { in: file.name };
}

/** What each open file holds. Of a large one it is asked only where a screen asks the same. */
function useHeld(files: readonly OpenFile[], path: string): HeldBy {
  const isAsked = !path.startsWith('/runs/');
  const { data } = useJoinedAnswers(
    files.map((file) => ({
      ...experimentList.about({ fileId: file.fileId }),
      enabled: isAsked || !isLarge(file),
    })),
  );
  return useMemo(() => {
    const byFile = new Map(files.map((file, i) => [file.fileId, data[i]]));
    return ({ fileId }) => byFile.get(fileId);
  }, [files, data]);
}

function sourceOf(token: string): Source | Refusal {
  if (token === 'sample') return sampleSource(new URL('samples/sample.duckdb', document.baseURI).href);
  if (URL.canParse(token) && /^https?:$/.test(new URL(token).protocol))
    return urlSource(token, mayLeadOn(token) ? undefined : 'ask');
  const refusal = fetchFailed(
    token,
    'The link names it as a database, but it is not an http or https address.',
  );
  const reading = readAddress(token);
  return reading?.kind === 'instead'
    ? { ...refusal, copy: [{ label: 'The address on the web', text: reading.url }] }
    : refusal;
}
