import { QueryClient } from '@tanstack/react-query';

import { EngineError } from '../engine/errors.ts';

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
