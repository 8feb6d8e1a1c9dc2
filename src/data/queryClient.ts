import { QueryClient } from '@tanstack/react-query';

import { EngineError } from '../engine/errors.ts';
import type { FileId } from '../lib/ids.ts';

/** Answers come from open files: no network mode, no refetching, no repeated asking after an error. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Infinity,
        gcTime: 10 * 60 * 1000,
        retry: (failures, error) =>
          failures < 1 && error instanceof EngineError && error.kind === 'cancelled',
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        structuralSharing: false,
      },
    },
  });
}

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
