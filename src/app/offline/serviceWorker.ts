/**
 * The service worker: what the build ships, kept in this browser, so that the page works without a network
 * (docs/decisions/0027-offline.md). It is bundled apart, into one file beside the page. Of requests it answers those for
 * files of the build alone; databases, of this host or another, never pass through it.
 */
import { PrecacheController, PrecacheRoute } from 'workbox-precaching';
import { createPartialResponse } from 'workbox-range-requests';
import { registerRoute } from 'workbox-routing';

import { isOfPage } from './messages.ts';

/** Written by the build: every file, with a sum of its bytes where its name holds none. */
declare const shippedFiles: readonly { readonly url: string; readonly revision: string | null }[];

/** The parts used here of the worker's own world; TypeScript's types of pages and of workers exclude each other. */
interface Worker {
  readonly clients: {
    claim(): Promise<void>;
    matchAll(which: { type: 'window'; includeUncontrolled: true }): Promise<readonly unknown[]>;
  };
  readonly registration: { readonly scope: string };
  skipWaiting(): Promise<void>;
}
interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
const worker = globalThis as unknown as Worker;

/** Files that were asked for by ranges, as the sample is: cutting a held one reads no more than the range. */
const held = new Map<string, Promise<Blob>>();

async function cut(request: Request, answer: Response): Promise<Response> {
  const blob = held.get(request.url) ?? answer.blob();
  held.set(request.url, blob);
  return createPartialResponse(request, new Response(await blob, { headers: answer.headers }));
}

const kept = new PrecacheController({
  plugins: [
    {
      cachedResponseWillBeUsed: async ({ request, cachedResponse }) =>
        cachedResponse !== undefined && request.headers.has('range')
          ? cut(request, cachedResponse)
          : cachedResponse,
    },
  ],
});
kept.addToCacheList([...shippedFiles]);

// The page reads what stands behind `?` itself (src/url/givenAddress.ts).
registerRoute(new PrecacheRoute(kept, { ignoreURLParametersMatching: [/./], cleanURLs: false }));

const assets = new URL('assets/', worker.registration.scope).href;
// Scripts of the version before, for windows that still show it.
registerRoute(
  ({ url }) => url.href.startsWith(assets) && /\.(js|css|wasm|woff2?)$/.test(url.pathname),
  async ({ request }) => (await caches.match(request)) ?? fetch(request),
);

addEventListener('install', (event) => void kept.install(event));

addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isOfPage(event.data)) return;
  const work = event.data.iterscope === 'take over' ? worker.skipWaiting() : serve(event);
  (event as Event as LastingEvent).waitUntil(work);
});

/** Answers a window from now on; the version before is deleted once no other window may show it. */
async function serve(event: Event): Promise<void> {
  await worker.clients.claim();
  const windows = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (windows.length <= 1) await kept.activate(event);
}
