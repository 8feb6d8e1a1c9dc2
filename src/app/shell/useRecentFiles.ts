import { useEffect, useRef } from 'react';

import { useSession, useSessionState } from '../../data/SessionContext.tsx';
import { heldWords } from '../../views/open/linkedFiles.ts';
import { rememberFile, recentFiles, reopenFile } from '../../storage/recentFiles.ts';
import type { LinkState } from './useLinkedFiles.ts';

/** Copies of these sizes are waited for: until then a reload would have to ask for the file. */
const awaitedBytes = 50_000_000;

/** Remembers what is open, and after a reload opens again what the address names and the browser may read. */
export function useRecentFiles({ held, waitsFor }: LinkState): void {
  const session = useSession();
  const { files } = useSessionState();
  const remembered = useRef(new Set<string>());
  const tried = useRef(new Set<string>());

  useEffect(() => {
    for (const file of files) {
      const holds = held(file);
      const { source, name, sizeBytes, linkToken: token } = file;
      if (holds === undefined || remembered.current.has(token)) continue;
      remembered.current.add(token);
      if (source.kind === 'url' && source.sample) continue;
      const done = (sizeBytes ?? Infinity) <= awaitedBytes ? session.beginWork() : undefined;
      const local = source.kind === 'file' ? { file: source.file, wal: source.wal } : {};
      rememberFile({
        token,
        name: source.kind === 'file' ? source.name : name,
        sizeBytes,
        held: heldWords(holds),
        ...local,
      })
        // Private windows keep nothing: the file has to be given again after a reload, as the page says then.
        .catch(() => undefined)
        .finally(done);
    }
  }, [files, held, session]);

  useEffect(() => {
    const prints = waitsFor.flatMap(({ kind, print }) =>
      kind === 'file' && print !== undefined ? [print] : [],
    );
    const fresh = prints.filter((print) => !tried.current.has(print));
    if (fresh.length === 0) return;
    for (const print of fresh) tried.current.add(print);
    const done = session.beginWork();
    void (async () => {
      const known = (await recentFiles()).filter(({ token }) => fresh.includes(token.slice(-8)));
      const again = await Promise.all(known.map(({ token }) => reopenFile(token, false)));
      const found = again.flatMap((each) => (typeof each === 'string' ? [] : each.files));
      if (found.length > 0) void session.openFiles(found);
    })()
      .catch(() => undefined)
      .finally(done);
  }, [waitsFor, session]);
}
