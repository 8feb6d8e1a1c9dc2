import type { OpenFile } from '../../data/session/state.ts';

const largeLocalBytes = 128_000_000;
/** A remote byte costs time and a host's traffic: the list of a large remote file stays within 2.5 MB. */
const largeRemoteBytes = 16_000_000;

/** Whether reading every exchange or payment of a file is too much to do unasked. */
export function isLarge(file: OpenFile): boolean {
  const limit = file.source.kind === 'file' ? largeLocalBytes : largeRemoteBytes;
  return file.sizeBytes === undefined || file.sizeBytes > limit;
}
