import { err, ok, type Result } from '../../lib/result.ts';
import { ask, firstBytesOf } from './ask.ts';
import { faultOf, type BytePiece, type RemoteFault, type RemoteFile } from './fault.ts';
import { silenceLimitSeconds } from './limits.ts';

/** Reads a range (`bytes=0-99`) of a remote file as long as it is in this state. Rejects only when `signal` aborts. */
export async function readRange(
  { url, state }: RemoteFile,
  range: string,
  signal: AbortSignal,
): Promise<Result<BytePiece, RemoteFault>> {
  const [first = 0, last = 0] = (/^bytes=(\d+)-(\d+)$/.exec(range) ?? []).slice(1).map(Number);
  const wantedBytes = last - first + 1;
  // The browser's cache lets one request at a time through for an address, and the other may not have gone yet.
  const asked = await ask(url, { headers: { Range: range }, cache: 'no-store' }, signal);
  if (asked === 'silent') return err({ kind: 'silent', seconds: silenceLimitSeconds });
  if (asked === 'failed') return err({ kind: 'no-answer' });
  const { response } = asked;
  const read = await asked.read(wantedBytes);
  const bytes = firstBytesOf(read, wantedBytes);
  const fault = faultOf(
    {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      receivedBytes: read.byteCount,
      start: bytes.subarray(0, 256),
    },
    wantedBytes,
    state,
  );
  if (fault?.kind === 'short' && read.end === 'silent') {
    return err({ kind: 'silent', seconds: silenceLimitSeconds, receivedBytes: read.byteCount });
  }
  return fault === undefined ? ok({ first, bytes }) : err(fault);
}
