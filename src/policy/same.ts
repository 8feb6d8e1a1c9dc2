import { isJsonObject, type Json } from '../lib/json.ts';

/**
 * Whether two policies are the same JSON value: the order of keys does not count, that of list items does.
 * Stops at the first difference, so comparing two different policies costs next to nothing; equal to
 * comparing `canonicalJson` of both, which has to write out everything first.
 */
export function samePolicy(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => samePolicy(item, b[i]));
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => Object.hasOwn(b, key) && samePolicy(a[key], b[key]));
}
