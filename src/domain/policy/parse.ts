import { isJsonObject, parseJson, type Json, type JsonObject } from '../../lib/json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { agentId, type AgentId } from '../../lib/ids.ts';

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
