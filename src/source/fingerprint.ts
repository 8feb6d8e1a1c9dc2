/**
 * Eight hex digits that tell two files of one name apart in a link: 32-bit FNV-1a over the size and the file's
 * head. The head holds the checksum of the last checkpoint, so a file that was written to has another one.
 */
export function fingerprint(head: Uint8Array, sizeBytes: number): string {
  let hash = 0x811c9dc5;
  const mix = (byte: number): void => {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  };
  for (const digit of String(sizeBytes)) mix(digit.charCodeAt(0));
  for (const byte of head) mix(byte);
  return hash.toString(16).padStart(8, '0');
}
