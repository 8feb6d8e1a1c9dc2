import { minusSign, numberText, withMinus } from '../../lib/format.ts';
import { formatJson, isJsonObject, type Json } from '../../lib/json.ts';

/** The share of the pool that is committed at the start: the quantity optimised in all published experiments. */
export const liquidityFraction = 'initial_liquidity_fraction';

const digits = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 12 });

/** Written out up to here; beyond it a number is a row of zeros. */
const mostWritten = 1e15;

/** The value with all the digits that were written; the liquidity fraction in percent. */
export function parameterText(name: string, value: number): string {
  if (Math.abs(value) >= mostWritten) return numberText(value);
  return withMinus(name === liquidityFraction ? `${digits.format(value * 100)} %` : digits.format(value));
}

/** How much `after` is above `before`, in percent of `before`: `+10.5 %`; undefined where there is no base. */
export function percentChange(before: number, after: number): string | undefined {
  if (before === 0 || !Number.isFinite(before) || !Number.isFinite(after)) return undefined;
  const percent = (100 * (after - before)) / Math.abs(before);
  if (percent === 0) return '0 %';
  const size = Math.abs(percent);
  const text = size < 0.05 ? 'less than 0.1' : digits.format(Number(size.toFixed(1)));
  return `${percent < 0 ? minusSign : '+'}${text} %`;
}

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
