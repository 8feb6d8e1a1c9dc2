import type { Source } from '../../source/source.ts';

/** What is known of a file's size: a part of `OpenFile` and of `PreparedSource`. */
export interface Sized {
  readonly source: Source;
  /** The size, or where a host hides it what the file's own header calls for. */
  readonly leastBytes: number;
}

const largeLocalBytes = 128_000_000;
/** A remote byte costs time and a host's traffic: the list of a large remote file stays within 2.5 MB. */
const largeRemoteBytes = 16_000_000;

/** Whether reading every exchange or payment of a file is too much to do unasked. */
export function isLarge(file: Sized): boolean {
  const limit = isRemote(file) ? largeRemoteBytes : largeLocalBytes;
  return file.leastBytes > limit;
}

/** Whether unasked reading stops at what the list itself shows: each further table of a far file costs megabytes. */
export function isLargeAndFar(file: Sized): boolean {
  return isRemote(file) && isLarge(file);
}

function isRemote({ source }: Sized): boolean {
  return source.kind === 'url' && !source.sample;
}
