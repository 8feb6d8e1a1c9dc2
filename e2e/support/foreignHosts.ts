import type { BrowserContext } from '@playwright/test';

/** Keeps watch over where a browser asks: everything but the allowed origins is written down. */
export interface HostWatch {
  /** `GET https://host/path` of each request to another origin. */
  readonly foreign: readonly string[];
  allow(origin: string): void;
}

/** Requests of pages, of their workers and of service workers, and web sockets. */
export function watchHosts(context: BrowserContext, ownOrigin: string): HostWatch {
  const allowed = new Set([ownOrigin]);
  const foreign: string[] = [];
  const note = (method: string, address: string): void => {
    const { protocol, origin } = new URL(address);
    if (/^(https?|wss?):$/.test(protocol) && !allowed.has(origin)) foreign.push(`${method} ${address}`);
  };
  context.on('request', (request) => note(request.method(), request.url()));
  context.on('page', (page) => page.on('websocket', (socket) => note('SOCKET', socket.url())));
  return { foreign, allow: (origin) => void allowed.add(origin) };
}
