import { formatJson, isJsonObject, type Json } from '../../lib/json.ts';
import { liquidityFraction } from './parameterText.ts';

/**
 * The numeric parameters of a policy, by name. An open map: sets differ from iteration to iteration, and
 * odd files keep the liquidity fraction at the policy's top level (domain.md 11.19). Others are left out.
 */
export function numericParameters(policy: Json | undefined): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (!isJsonObject(policy)) return found;
  const { parameters } = policy;
  if (isJsonObject(parameters)) {
    for (const [name, value] of Object.entries(parameters)) addNumber(found, name, value);
  }
  if (!found.has(liquidityFraction)) addNumber(found, liquidityFraction, policy[liquidityFraction]);
  return found;
}

/** Parameters that are stored and are no finite number, as stored: `NaN`, a text, a list. */
export function unreadableParameters(policy: Json | undefined): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (!isJsonObject(policy) || !isJsonObject(policy.parameters)) return found;
  for (const [name, value] of Object.entries(policy.parameters)) {
    if (value === null || typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value)))
      continue;
    found.set(
      name,
      typeof value === 'string' ? value : typeof value === 'number' ? `${value}` : formatJson(value),
    );
  }
  return found;
}

function addNumber(found: Map<string, number>, name: string, value: Json | undefined): void {
  if (typeof value === 'number' && Number.isFinite(value)) found.set(name, value);
  if (typeof value === 'bigint') found.set(name, Number(value));
}
