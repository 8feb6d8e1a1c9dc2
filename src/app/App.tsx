// First, so that the styles of components come after them.
import '../ui/tokens.css';
import '../ui/base.css';
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';

import { SessionProvider } from '../data/SessionContext.tsx';
import { createQueryClient, forgetClosedFiles, optionsOf } from '../data/asking.ts';
import type { BootEngine } from '../data/session/enginePool.ts';
import { Session } from '../data/session/session.ts';
import { experimentsScreen } from '../views/experiments/screen.ts';
import type { AnyScreen, AskAbout } from '../views/shared/screen.ts';
import { keepBuild } from './offline/keptBuild.tsx';
import { createAppRouter } from './router.tsx';
import { screens } from './screens.ts';

export function App({ services }: { services: Services }) {
  return (
    <QueryClientProvider client={services.queryClient}>
      <SessionProvider session={services.session}>
        <RouterProvider router={services.router} />
      </SessionProvider>
    </QueryClientProvider>
  );
}

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
  askForListAhead(session, queryClient);
  const stopWaiting = session.subscribe(() => {
    if (session.getState().boot.phase === 'booting') return;
    stopWaiting();
    fetchScreens('when the engine runs');
    // The server of `npm run dev` has no worker.
    if (import.meta.env.PROD) void whenCalm(session, queryClient).then(keepBuild);
  });
  session.start();
  fetchScreens('at once');
  return { session, queryClient, router: createAppRouter() };
}

/** Where a file that opens leads to the list, or is listed already. */
const listed = /^(#\/?(experiments)?)?(\?|$)/;

/**
 * Asks about a file what the list shows of it as soon as the file stands: the engine finds it while the page is drawn.
 * Nothing is asked that the list would not ask itself a moment later.
 */
function askForListAhead(session: Session, queryClient: QueryClient): void {
  let askForList: AskAbout | undefined;
  void experimentsScreen.questions?.().then(
    (loaded) => {
      askForList = loaded;
    },
    // Without it the list asks as it is drawn.
    () => undefined,
  );
  let known: ReadonlySet<string> = new Set();
  session.subscribe(() => {
    const { files } = session.getState();
    const added = files.filter(({ fileId }) => !known.has(fileId));
    known = new Set(files.map(({ fileId }) => fileId));
    if (!listed.test(location.hash)) return;
    for (const file of added) {
      askForList?.(file, (question) => {
        // The list hears of a failure as it asks.
        queryClient.query(optionsOf(session, question)).catch(() => undefined);
      });
    }
  });
}

/** Quiet that is waited for: with a file on screen, and without one, as it may come in the next moment. */
const calmMs = { withFile: 3_000, withoutFile: 6_000 };
/** A reader who never rests is not waited for longer than until the next moment of quiet after this. */
const patienceMs = 30_000;
const lookMs = 250;

/**
 * Resolves when nothing has been opened, read or asked for a while. What the service worker keeps is the whole build: to
 * fetch it beside an opening takes a third of the opening's time. A page that a worker serves already has it and does
 * not wait.
 */
async function whenCalm(session: Session, queryClient: QueryClient): Promise<void> {
  if ('serviceWorker' in navigator && navigator.serviceWorker.controller !== null) return;
  const startedAtMs = performance.now();
  let calmSinceMs = startedAtMs;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const nowMs = performance.now();
    const { opening, otherWork, files } = session.getState();
    if (opening !== undefined || otherWork > 0 || queryClient.isFetching() > 0) {
      calmSinceMs = nowMs;
      continue;
    }
    const wantedMs = files.length > 0 ? calmMs.withFile : calmMs.withoutFile;
    if (nowMs - calmSinceMs >= wantedMs || nowMs - startedAtMs >= patienceMs) return;
  }
}

/** Fetches the screens that are due `when`. A failure is said when the screen is opened. */
function fetchScreens(when: AnyScreen['fetched']): void {
  for (const screen of screens) if (screen.fetched === when) screen.load().catch(() => undefined);
}
