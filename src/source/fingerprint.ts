/**
 * Eight hex digits that tell two files of one name apart in a link: 32-bit FNV-1a over the size, the file's head
 * and the checksums of its blocks. The head alone is the same in two runs of one experiment that needed the same
 * number of blocks; the checksums cover what is in them.
 */
export function fingerprint(
  head: Uint8Array,
  sizeBytes: number,
  blockSums: Uint8Array = new Uint8Array(),
): string {
  let hash = 0x811c9dc5;
  const mix = (byte: number): void => {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  };
  for (const digit of String(sizeBytes)) mix(digit.charCodeAt(0));
  for (const byte of head) mix(byte);
  for (const byte of blockSums) mix(byte);
  return hash.toString(16).padStart(8, '0');
}
