import type { QueryClient } from '@tanstack/react-query';

import type { Session } from './session/session.ts';

/** Drops the answers about files that are no longer open. Returns the way to stop. */
export function forgetClosedFiles(session: Session, client: QueryClient): () => void {
  return session.subscribe(() => {
    const open = new Set<unknown>(session.getState().files.map((file) => file.fileId));
    // Answers that are not about a file are kept under `app`.
    client.removeQueries({
      predicate: ({ queryKey: [about] }) => about !== 'app' && !open.has(about),
    });
  });
}
