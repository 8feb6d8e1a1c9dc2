/** Reads of remote files that fail while the engine waits for them, or stand still. */
import type { Refusal } from '../../domain/refusal.ts';
import type { FailedRead } from '../../engine/errors.ts';
import type { BrowserEngine, OutstandingRead } from '../../engine/wasm/browserEngine.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { probeRemote } from '../../source/remote/probe.ts';
import { refuseFault } from '../../source/remote/refusals.ts';
import type { UrlSource } from '../../source/source.ts';
import { isKnownAs, type Candidate, type PreparedSource } from './prepare.ts';
/** Other files wait to be attached meanwhile; a host that can say why says so at once. */
const askAgainLimitMs = 2000;

/**
 * Why a read of a remote file failed. A read without any answer does not say: a refusal that a page may not see
 * looks like a broken connection, so the host is asked once more, for a short time. Rejects only when `signal` aborts.
 */
export async function refuseRead(
  { url }: UrlSource,
  { fault }: FailedRead,
  signal: AbortSignal,
): Promise<Refusal> {
  if (fault.kind !== 'no-answer' && fault.kind !== 'status') return refuseFault(url, fault);
  signal.throwIfAborted();
  const asking = new AbortController();
  const stop = (): void => asking.abort();
  const timer = setTimeout(stop, askAgainLimitMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const probed = await probeRemote(url, asking.signal, () => undefined);
    return probed.ok ? refuseFault(url, fault) : probed.error;
  } catch (failure) {
    signal.throwIfAborted();
    if (!asking.signal.aborted) throw failure;
    return refuseFault(url, fault);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/**
 * A host that falls silent in the middle of a file holds the engine up, which waits for each range. When others wait, its
 * file is set aside: the rest opens, the page waits for the range in the engine's place, and attaches the file with it.
 */
import { readRange } from '../../source/remote/ask.ts';

export interface SetAside {
  readonly candidate: Candidate;
  /** The read that stood still. */
  readonly read: OutstandingRead;
}

/** A read that stands still at so many looks in a row, while others wait; looks and not time, as a page may stand still too. */
const lookLimit = 4;
const lookMs = 500;

/** Ends the engine when a read of one of its files stands still and `othersWait`; `found` then says which. */
export function watchReads(
  engine: BrowserEngine,
  candidates: readonly Candidate[],
  othersWait: (others: readonly Candidate[]) => boolean,
): { readonly found: () => SetAside | undefined; readonly stop: () => void } {
  let found: SetAside | undefined;
  let seen: OutstandingRead | undefined;
  let looks = 0;
  const stop = (): void => clearInterval(timer);
  const timer = setInterval(() => {
    const read = engine.outstandingRead();
    looks = read !== undefined && read === seen ? looks + 1 : 1;
    seen = read;
    if (read === undefined || looks <= lookLimit) return;
    const candidate = candidates.find((each) => isKnownAs(each, read.name));
    if (candidate === undefined || !othersWait(candidates.filter((other) => other !== candidate))) return;
    found = { candidate, read };
    stop();
    engine.terminate('set aside');
  }, lookMs);
  return { found: () => found, stop };
}

/** Waits for the range that stood still, at most as long as for any. The file with it, or why there is none. */
export async function readOn(
  { candidate: { prepared }, read }: SetAside,
  signal: AbortSignal,
): Promise<Result<PreparedSource, Refusal>> {
  const { source, access } = prepared;
  if (source.kind !== 'url' || access.kind !== 'ranges') return ok(prepared);
  const { file } = access;
  const piece = await readRange(file, read.range, signal);
  if (!piece.ok) return err(await refuseRead(source, { name: read.name, fault: piece.error }, signal));
  return ok({ ...prepared, access: { ...access, file: { ...file, pieces: [...file.pieces, piece.value] } } });
}
