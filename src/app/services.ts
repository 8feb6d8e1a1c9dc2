import type { QueryClient } from '@tanstack/react-query';

import { createQueryClient } from '../data/queryClient.ts';
import { forgetClosedFiles } from '../data/forgetClosedFiles.ts';
import { Session } from '../data/session/session.ts';
import { preloadExperimentView } from './lazyViews.tsx';

/** The objects that live as long as the page; built once, handed down. */
export interface Services {
  readonly session: Session;
  readonly queryClient: QueryClient;
}

export function createServices(): Services {
  const session = new Session();
  const queryClient = createQueryClient();
  forgetClosedFiles(session, queryClient);
  const stopWaiting = session.subscribe(() => {
    if (session.getState().boot.phase === 'booting') return;
    stopWaiting();
    preloadExperimentView();
  });
  session.start();
  return { session, queryClient };
}
