import { formatBytes } from '../../lib/format.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { hostOf } from './address.ts';
import { ask, firstBytesOf } from './ask.ts';
import { isWebPage } from './fault.ts';
import { silenceLimitSeconds, wholeLimitBytes } from './limits.ts';
import { logUnknown } from './refusals.ts';

/** The log beside a remote database, whole: replaying reads all of it. Or a warning that there may be one. */
export interface FoundLog {
  readonly log: Blob | undefined;
  readonly warning: Refusal | undefined;
}

const none: FoundLog = { log: undefined, warning: undefined };

/**
 * Looks at the address of the database with `.wal` added to its path; with `redirect: 'error'` at none that it leads on to.
 * Rejects only when `signal` aborts.
 */
export async function findLog(
  url: string,
  signal: AbortSignal,
  redirect: 'follow' | 'error' = 'follow',
): Promise<FoundLog> {
  const address = new URL(url);
  address.pathname += '.wal';
  const unknown = (why: string): FoundLog => ({ log: undefined, warning: logUnknown(url, why) });
  const silent = `${hostOf(url)} did not answer within ${silenceLimitSeconds} s whether a log (.wal) lies beside it.`;
  // Where HEAD is answered, it settles that there is none. Where it is not allowed, only GET tells.
  const head = await ask(address.href, { method: 'HEAD', redirect }, signal);
  if (head === 'silent') return unknown(silent);
  if (head !== 'failed') {
    head.stop();
    if (head.response.status === 404 || head.response.status === 410) return none;
  }
  const asked = await ask(address.href, { redirect }, signal);
  if (asked === 'silent') return unknown(silent);
  // A host that answers only for what is there, and many a one that lets no site read its errors.
  if (asked === 'failed') return none;
  const { response } = asked;
  if (response.status === 429 || response.status >= 500) {
    asked.stop();
    return unknown(
      `${hostOf(url)} answered ${response.status} when asked for the log (.wal) that may lie beside it.`,
    );
  }
  if (!response.ok || isWebPage(response.headers.get('Content-Type') ?? undefined, new Uint8Array())) {
    asked.stop();
    return none;
  }
  const read = await asked.read(wholeLimitBytes);
  if (read.end === 'limit') {
    return unknown(`Its log (.wal) is longer than ${formatBytes(wholeLimitBytes)}, which is not read whole.`);
  }
  if (read.end !== 'complete') return unknown('Its log (.wal) was cut off on its way.');
  const start = firstBytesOf(read, 64);
  if (isText(start)) return none;
  return { log: new Blob([...read.chunks]), warning: undefined };
}

/** Nothing, or words: some hosts answer every path with a text and the status of success. */
function isText(start: Uint8Array): boolean {
  return start.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 32 && byte < 127));
}
