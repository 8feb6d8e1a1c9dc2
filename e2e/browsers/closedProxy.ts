/** The way to all other hosts, closed: a proxy that writes down what is asked of it and lets nothing through. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ClosedProxy {
  /** `127.0.0.1:<port>`. */
  readonly address: string;
  /** Hosts that were asked for, with their port where it is not 80. */
  readonly asked: readonly string[];
  close(): void;
}

export async function closedProxy(): Promise<ClosedProxy> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(URL.parse(request.url ?? '')?.host ?? request.url ?? '');
    response.writeHead(403).end();
  });
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    // A browser that is closed leaves without a word.
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
