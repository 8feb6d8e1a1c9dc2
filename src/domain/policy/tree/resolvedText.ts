import { canonicalJson, isJsonObject, type Json } from '../../../lib/json.ts';
import { constantOf } from './constants.ts';
import type { Parameters } from './valueText.ts';

const maxDepth = 100;

/** JSON with every constant part replaced by its number, so that `patience` and 3 compare as the same. */
function resolve(json: Json, parameters: Parameters, depth = 0): Json | undefined {
  if (depth > maxDepth) return undefined;
  const constant = constantOf(json, parameters);
  if (constant !== undefined) return { value: constant };
  if (Array.isArray(json)) {
    const items = json.map((item) => resolve(item, parameters, depth + 1));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isJsonObject(json)) return json;
  const members: Record<string, Json> = {};
  for (const [key, member] of Object.entries(json)) {
    const resolved = resolve(member, parameters, depth + 1);
    if (resolved === undefined) return undefined;
    members[key] = resolved;
  }
  return members;
}

/** Text by which two expressions are known to have the same value; undefined for what nests too deep. */
export function resolvedText(json: Json | undefined, parameters: Parameters): string | undefined {
  const resolved = json === undefined ? undefined : resolve(json, parameters);
  return resolved === undefined ? undefined : canonicalJson(resolved);
}
