import type { FailedRead } from '../../engine/errors.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { probeRemote } from '../../source/remote/probe.ts';
import { refuseFault } from '../../source/remote/refusals.ts';
import type { UrlSource } from '../../source/source.ts';

/**
 * Why a read of a remote file failed. A read without any answer does not say: a refusal that a page may not see
 * looks like a broken connection, so the host is asked once more.
 */
export async function refuseRead(
  { url }: UrlSource,
  { fault }: FailedRead,
  signal: AbortSignal,
): Promise<Refusal> {
  if (fault.kind !== 'no-answer' && fault.kind !== 'status') return refuseFault(url, fault);
  const probed = await probeRemote(url, signal, () => undefined);
  return probed.ok ? refuseFault(url, fault) : probed.error;
}
