import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

import { canonicalJson, type Json, type JsonObject } from '../../lib/json.ts';

/** A plain value as JSON; what JSON cannot say (undefined, functions, NaN) is a mistake of the caller. */
function toJson(value: unknown): Json {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  ) {
    return value;
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object') return toJsonObject(value);
  throw new TypeError(`not a JSON value: ${typeof value}`);
}

/** The same for an object; keys without a value are left out. */
export function toJsonObject(value: object): JsonObject {
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) object[key] = toJson(item);
  }
  return object;
}

/** SHA-256 of a text's UTF-8 bytes; pure JavaScript, so Node and a browser worker agree. */
export function sha256Of(text: string): Uint8Array {
  return sha256(utf8ToBytes(text));
}

/** SHA-256 in hex of a JSON value with sorted keys: equal values have equal hashes. */
export function jsonHash(value: Json): string {
  return bytesToHex(sha256Of(canonicalJson(value)));
}
