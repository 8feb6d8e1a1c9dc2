import type { QueryClient } from '@tanstack/react-query';
import { createQueryClient, forgetClosedFiles } from '../data/queryClient.ts';
import type { BootEngine } from '../data/session/enginePool.ts';
import { Session } from '../data/session/session.ts';
import { keepBuild } from './offline/keptBuild.ts';
import { createAppRouter } from './router.tsx';
import type { AnyScreen } from '../views/shared/screen.ts';
import { screens } from './screens.ts';

/** The objects that live as long as the page; built once, handed down. */
export interface Services {
  readonly session: Session;
  readonly queryClient: QueryClient;
  readonly router: ReturnType<typeof createAppRouter>;
}

/** `bootEngine` stands for the browser's own engine where there is no browser. */
export function createServices(bootEngine?: BootEngine): Services {
  const session = new Session(bootEngine);
  const queryClient = createQueryClient();
  forgetClosedFiles(session, queryClient);
  const stopWaiting = session.subscribe(() => {
    if (session.getState().boot.phase === 'booting') return;
    stopWaiting();
    fetchScreens('when the engine runs');
    // The server of `npm run dev` has no worker.
    if (import.meta.env.PROD) void keepBuild();
  });
  session.start();
  fetchScreens('at once');
  return { session, queryClient, router: createAppRouter() };
}

/** Fetches the screens that are due `when`. A failure is said when the screen is opened. */
function fetchScreens(when: AnyScreen['fetched']): void {
  for (const screen of screens) if (screen.fetched === when) screen.load().catch(() => undefined);
}
