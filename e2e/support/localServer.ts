/** A server of the tests' own, on this machine. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { closeServer } from '../../scripts/serve/server.ts';

interface LocalServer {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Lets a server listen at a port that is free. */
export async function listenLocally(server: Server): Promise<LocalServer> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
}
