import { useEffect, useRef } from 'react';

import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import type { Refusal } from '../../domain/refusal.ts';
import { fetchFailed } from '../../source/refusals.ts';
import { readAddress } from '../../source/readAddress.ts';
import type { Source } from '../../source/source.ts';
import { sampleSource, urlSource } from '../../source/source.ts';
import { hrefTo } from '../../url/addresses.ts';
import { isTabMarked } from '../../storage/preferences.ts';
import { useAddress } from '../../views/shared/useAddress.ts';
import { missingFiles } from '../../views/open/missingFiles.ts';

/**
 * Keeps the address and the open files in step: what the address names is opened once, what is opened is
 * named in the address. A local file that the address names waits for the reader to hand it over.
 */
export function useLinkedFiles(): void {
  const session = useSession();
  const { files, introduced } = useSessionState();
  const { path, search, patch, go } = useAddress();
  const asked = useRef(new Set<string>());
  const opened = useRef(new Set<string>());
  const wasIntroduced = useRef(false);

  useEffect(() => {
    const fresh = (search.db ?? []).filter(
      (token) => !token.startsWith('file:') && !asked.current.has(token),
    );
    const sources = fresh.flatMap((token): Source[] => {
      asked.current.add(token);
      const source = sourceOf(token);
      if ('code' in source) session.alert(source);
      return 'code' in source ? [] : [source];
    });
    const [only] = sources;
    // Reloaded: what nobody asked for then is still not asked for.
    if (only !== undefined && sources.length === 1 && fresh[0] === 'sample' && isTabMarked('sampleUnasked')) {
      void session.introduce(only);
      return;
    }
    void session.open(sources);
  }, [search.db, session]);

  useEffect(() => {
    const open = files.map((file) => file.linkToken);
    const isNew = open.some((token) => !opened.current.has(token));
    for (const token of open) {
      opened.current.add(token);
      // Opened by a button or a drop: the address will name it, and must not open it once more.
      asked.current.add(token);
    }
    // Not yet handed over, or refused: the link keeps naming it until something of that name is open. The order
    // of the link stays: it decides which of two files is meant that hold the same id.
    const missing = new Set(missingFiles(search.db ?? [], files).map((file) => file.token));
    const kept = (search.db ?? []).filter(
      (token) =>
        open.includes(token) ||
        (!opened.current.has(token) && (!token.startsWith('file:') || missing.has(token))),
    );
    const wanted = [...kept, ...open.filter((token) => !kept.includes(token))];
    const db = wanted.length === 0 ? undefined : wanted;
    const sampleGaveWay = wasIntroduced.current && files.length > 0 && !open.includes('sample');
    wasIntroduced.current = introduced;
    // The address of something in the sample leads nowhere once the sample has gone.
    if ((isNew && path === '/') || (sampleGaveWay && path !== '/experiments')) {
      go(hrefTo('/experiments', { ...search, db }));
      return;
    }
    const now = search.db ?? [];
    if (wanted.length === now.length && wanted.every((token, i) => token === now[i])) return;
    patch({ db });
  }, [files, introduced, path, search, patch, go]);
}

function sourceOf(token: string): Source | Refusal {
  if (token === 'sample') return sampleSource(new URL('samples/sample.duckdb', document.baseURI).href);
  if (URL.canParse(token) && /^https?:$/.test(new URL(token).protocol)) return urlSource(token);
  const refusal = fetchFailed(
    token,
    'The link names it as a database, but it is not an http or https address.',
  );
  const reading = readAddress(token);
  return reading?.kind === 'instead'
    ? { ...refusal, copy: [{ label: 'The address on the web', text: reading.url }] }
    : refusal;
}
