/** One connection of WebDriver BiDi (https://w3c.github.io/webdriver-bidi/): commands and their results. */
import { WebSocket } from 'undici';

interface Reply {
  readonly id?: number;
  readonly type: 'success' | 'error' | 'event';
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

export interface BidiConnection {
  /** The result of a command, whose form the caller knows; rejects with the browser's words. */
  send<T>(method: string, params: object): Promise<T>;
  close(): void;
}

export function connectBidi(url: string): Promise<BidiConnection> {
  const socket = new WebSocket(url);
  const waiting = new Map<number, { resolve: (result: unknown) => void; reject: (cause: Error) => void }>();
  let last = 0;
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply;
    const caller = waiting.get(reply.id ?? 0);
    if (caller === undefined) return;
    waiting.delete(reply.id ?? 0);
    if (reply.type === 'success') caller.resolve(reply.result);
    else caller.reject(new Error(`${reply.error ?? ''}: ${reply.message ?? ''}`));
  });
  socket.addEventListener('close', () => {
    for (const { reject } of waiting.values()) reject(new Error('the browser has closed the connection'));
    waiting.clear();
  });
  const connection: BidiConnection = {
    send: (method, params) =>
      new Promise((resolve, reject) => {
        const id = (last += 1);
        waiting.set(id, { resolve: (result) => resolve(result as never), reject });
        socket.send(JSON.stringify({ id, method, params }));
      }),
    close: () => socket.close(),
  };
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(connection));
    socket.addEventListener('error', () => reject(new Error(`no connection to ${url}`)));
  });
}
