import type { FailedRead } from '../../engine/errors.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { probeRemote } from '../../source/remote/probe.ts';
import { refuseFault } from '../../source/remote/refusals.ts';
import type { UrlSource } from '../../source/source.ts';

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
