import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

import { canonicalJson, type Json } from '../../lib/json.ts';

/** SHA-256 of a text's UTF-8 bytes; pure JavaScript, so Node and a browser worker agree. */
export function sha256Of(text: string): Uint8Array {
  return sha256(utf8ToBytes(text));
}

/** SHA-256 in hex of a JSON value with sorted keys: equal values have equal hashes. */
export function jsonHash(value: Json): string {
  return bytesToHex(sha256Of(canonicalJson(value)));
}
