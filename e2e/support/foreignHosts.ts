import type { BrowserContext, Page, Request } from '@playwright/test';

/** Keeps watch over where a browser asks: everything but the allowed origins is written down. */
export interface HostWatch {
  /** `GET https://host/path` of each request to another origin. */
  readonly foreign: readonly string[];
  allow(origin: string): void;
  /** The next test has a watch of its own. */
  end(): void;
}

/** Requests of pages, of their workers and of service workers, and web sockets. */
export function watchHosts(context: BrowserContext, ownOrigin: string): HostWatch {
  const allowed = new Set([ownOrigin]);
  const foreign: string[] = [];
  const note = (method: string, address: string): void => {
    const { protocol, origin } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol) && !allowed.has(origin)) foreign.push(`${method} ${address}`);
  };
  const onRequest = (request: Request): void => note(request.method(), request.url());
  const onPage = (page: Page): void => void page.on('websocket', (socket) => note('SOCKET', socket.url()));
  context.on('request', onRequest);
  context.on('page', onPage);
  return {
    foreign,
    allow: (origin) => void allowed.add(origin),
    end() {
      context.off('request', onRequest);
      context.off('page', onPage);
    },
  };
}
