import type { QueryClient } from '@tanstack/react-query';

import type { FileId } from '../lib/ids.ts';

/** The open files, and when they change. */
interface OpenFiles {
  readonly subscribe: (listener: () => void) => () => void;
  readonly getState: () => { readonly files: readonly { readonly fileId: FileId }[] };
}

/** Drops the answers about files that are no longer open. Returns the way to stop. */
export function forgetClosedFiles(session: OpenFiles, client: QueryClient): () => void {
  return session.subscribe(() => {
    const open = new Set<unknown>(session.getState().files.map((file) => file.fileId));
    client.removeQueries({
      // Answers that are about no file name none.
      predicate: ({ queryKey: [, files] }) =>
        Array.isArray(files) && files.some((file: unknown) => !open.has(file)),
    });
  });
}
