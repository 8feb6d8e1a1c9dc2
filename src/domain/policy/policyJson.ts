import { agentId, type AgentId } from '../../lib/ids.ts';
import { isJsonObject, parseJson, type Json, type JsonObject } from '../../lib/json.ts';
import { err, ok, type Result } from '../../lib/result.ts';

/** A policy from its JSON text; anything but an object is not a policy. */
export function parsePolicy(text: string): Result<JsonObject, string> {
  const parsed = parseJson(text);
  if (!parsed.ok) return parsed;
  return isJsonObject(parsed.value) ? ok(parsed.value) : err('the text is not a JSON object');
}

/** The `policies` text of one iteration: agent to policy, in the order of the text. */
export function parsePolicies(text: string): Result<ReadonlyMap<AgentId, Json>, string> {
  const parsed = parsePolicy(text);
  if (!parsed.ok) return parsed;
  return ok(new Map(Object.entries(parsed.value).map(([key, policy]) => [agentId(key), policy])));
}

/** A JSON string, one mark, or a run of anything else; strings are taken whole, so brackets in them do not count. */
const token = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^"{}[\]:,]+/gs;

/**
 * The members of a JSON object with their values as they stand in the text, number formats and key order
 * included. Empty when the text is not an object; of a repeated key the last one counts, as in parsing.
 * The text must be valid JSON otherwise: parse it first.
 */
export function memberTexts(text: string): ReadonlyMap<string, string> {
  const members = new Map<string, string>();
  let depth = 0;
  let lastString = '""';
  let open: { readonly key: string; readonly start: number } | undefined;
  for (const { 0: part, index } of text.matchAll(token)) {
    if (part === '{' || part === '[') depth += 1;
    const closes = part === '}' || part === ']';
    if (depth === 1 && open !== undefined && (part === ',' || closes)) {
      members.set(open.key, text.slice(open.start, index).trim());
      open = undefined;
    }
    if (closes) depth -= 1;
    if (part.startsWith('"')) lastString = part;
    if (depth === 1 && part === ':' && open === undefined) {
      open = { key: String(JSON.parse(lastString)), start: index + 1 };
    }
  }
  return members;
}

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
