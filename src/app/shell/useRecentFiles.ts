import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

import { useOpenFiles, useSession } from '../../data/SessionContext.tsx';
import { heldWords } from '../../views/open/linkedFiles.ts';
import { isOfPrint, rememberFile, rememberStop, recentFiles, reopenFile } from '../../storage/recentFiles.ts';
import { rememberTabTexts } from '../../storage/preferences.ts';
import { allPrintsOf, fingerprintOf } from '../../views/shared/namedFile.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import { index, name, type SearchOf } from '../../url/fields.ts';
import { useLocation } from '@tanstack/react-router';
import type { LinkState } from './useLinkedFiles.ts';

/**
 * Copies of these sizes are made at once and waited for: until then a reload would have to ask for the file. Larger ones
 * take time that the reader's first screens need: they are made when nothing is asked any more.
 */
const awaitedBytes = 20_000_000;
const lookMs = 250;

/** A view that is passed through in less is not where the reader stopped. */
const stopMs = 700;

/**
 * Remembers what is open and where it is looked at, and after a reload opens again what the address names and the browser
 * may read. Returns the fingerprints that it has looked for.
 */
export function useRecentFiles({ held, waitsFor, spared }: LinkState): ReadonlySet<string> {
  const session = useSession();
  const client = useQueryClient();
  const files = useOpenFiles();
  const remembered = useRef(new Set<string>());
  const tried = useRef(new Set<string>());
  const [lookedFor, setLookedFor] = useState<ReadonlySet<string>>(new Set());

  useEffect(() => {
    for (const file of files) {
      const holds = held(file);
      const { source, name: shownName, sizeBytes, linkToken: token } = file;
      if (holds === undefined || remembered.current.has(token)) continue;
      remembered.current.add(token);
      if (source.kind === 'url' && source.sample) continue;
      const isAwaited = (sizeBytes ?? Infinity) <= awaitedBytes;
      const done = isAwaited ? session.beginWork() : undefined;
      const local = source.kind === 'file' ? { file: source.file, wal: source.wal } : {};
      (isAwaited ? Promise.resolve() : whenAnswered(client))
        .then(() =>
          rememberFile({
            token,
            name: source.kind === 'file' ? source.name : shownName,
            sizeBytes,
            held: heldWords(holds),
            prints: allPrintsOf(file),
            ...local,
          }),
        )
        // Private windows and full disks keep nothing: the file has to be given again after a reload, as the page says then.
        .catch(() => rememberTabTexts('unremembered', [fingerprintOf(file)]))
        .finally(done);
    }
  }, [files, held, session, client]);

  useEffect(() => {
    const prints = [...waitsFor, ...spared].flatMap(({ kind, print }) =>
      kind === 'file' && print !== undefined ? [print] : [],
    );
    const fresh = prints.filter((print) => !tried.current.has(print));
    if (fresh.length === 0) return;
    for (const print of fresh) tried.current.add(print);
    const done = session.beginWork();
    void (async () => {
      const known = (await recentFiles()).filter((file) => fresh.some((print) => isOfPrint(file, print)));
      const again = await Promise.all(known.map(({ token }) => reopenFile(token, false)));
      const found = again.flatMap((each) => (typeof each === 'string' ? [] : each.files));
      if (found.length > 0) await session.openFiles(found);
    })()
      .catch(() => undefined)
      .finally(() => {
        setLookedFor((before) => new Set([...before, ...fresh]));
        done();
      });
  }, [waitsFor, spared, session]);

  const { search } = useAddress(chosenFields);
  const { pathname, searchStr } = useLocation();
  useEffect(() => {
    const tokens = files.map(({ linkToken }) => linkToken).filter((token) => token !== 'sample');
    if (tokens.length === 0 || pathname === '/') return undefined;
    const timer = setTimeout(() => {
      const { hash } = window.location;
      rememberStop(tokens, { hash, words: stopWords(search) }).catch(() => undefined);
    }, stopMs);
    return () => clearTimeout(timer);
  }, [files, pathname, searchStr, search]);
  return lookedFor;
}

/** Resolves when every question that was asked is answered. */
async function whenAnswered(client: QueryClient): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve, lookMs));
  while (client.isFetching() > 0);
}

/** What of an address tells where on its screen the reader is. */
const chosenFields = { iteration: index, agent: name, tick: index };

/** `Desk, iteration 4, BANK_B`: the window's title and what is chosen there. */
function stopWords({ iteration, agent, tick }: SearchOf<typeof chosenFields>): string {
  return [
    document.title.replace(/ · Iterscope$/, ''),
    ...(iteration === undefined ? [] : [`iteration ${iteration}`]),
    ...(agent === undefined ? [] : [agent]),
    ...(tick === undefined ? [] : [`tick ${tick}`]),
  ].join(', ');
}
