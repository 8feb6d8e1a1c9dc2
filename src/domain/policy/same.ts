import { isJsonObject, type Json } from '../../lib/json.ts';

/**
 * Whether two policies are the same JSON value: the order of keys does not count, that of list items does.
 * Stops at the first difference, so comparing two different policies costs next to nothing; equal to
 * comparing `canonicalJson` of both, which has to write out everything first.
 */
export function samePolicy(a: Json | undefined, b: Json | undefined): boolean {
  // Not by recursion: a policy may be thousands of levels deep, and the stack is not.
  const pairs: [Json | undefined, Json | undefined][] = [[a, b]];
  for (let pair = pairs.pop(); pair !== undefined; pair = pairs.pop()) {
    const [one, other] = pair;
    if (one === other) continue;
    if (Array.isArray(one)) {
      if (!Array.isArray(other) || one.length !== other.length) return false;
      for (let i = one.length - 1; i >= 0; i -= 1) pairs.push([one[i], other[i]]);
      continue;
    }
    if (!isJsonObject(one) || !isJsonObject(other)) return false;
    const keys = Object.keys(one);
    if (keys.length !== Object.keys(other).length) return false;
    for (const key of keys.reverse()) {
      if (!Object.hasOwn(other, key)) return false;
      pairs.push([one[key], other[key]]);
    }
  }
  return true;
}
