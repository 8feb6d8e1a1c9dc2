import { plural } from '../../../lib/format.ts';
import type { Json } from '../../../lib/json.ts';
import { liquidityFraction, parameterText } from '../parameterText.ts';
import { parameterValueText } from '../tree/valueText.ts';
import { diffPolicies } from './diffPolicies.ts';
import { policyOf, type PolicyInput } from './policyInput.ts';

/**
 * What a proposal asks for, for a row of a list, from numeric parameters alone: "19 % → 21 %", "patience 3 → 5".
 * The liquidity fraction is named by its number. Undefined when no parameter is known to differ.
 */
export function shortParameterChange(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): string | undefined {
  const names = [...new Set([liquidityFraction, ...before.keys(), ...after.keys()])];
  const parts = names.flatMap((name) => {
    const [old, now] = [before.get(name), after.get(name)];
    const [oldText, nowText] = [old, now].map((value) =>
      value === undefined ? 'none' : parameterValueText(name, value),
    );
    if (oldText === nowText) return [];
    return [`${name === liquidityFraction ? '' : `${name} `}${oldText} → ${nowText}`];
  });
  return parts.length === 0 ? undefined : firstTwo(parts);
}

function firstTwo(parts: readonly string[]): string {
  const more = parts.length - 2;
  return `${parts.slice(0, 2).join(', ')}${more > 0 ? `, ${more} more` : ''}`;
}

/** The same with the trees, where the policies are at hand: "19 % → 21 %, tree: 2 changes", "no change". */
export function shortPolicyChange(before: PolicyInput, after: PolicyInput): string {
  const [old, now] = [policyOf(before), policyOf(after)];
  if (now === undefined) return 'no policy';
  if (old === undefined) {
    const fraction = now.parameters.get(liquidityFraction);
    return typeof fraction === 'number' ? parameterText(liquidityFraction, fraction) : 'a first policy';
  }
  const { changes, others } = diffPolicies(old, now);
  const count = changes.length;
  const parts = [
    shortParameterChange(old.parameters, now.parameters),
    count === 0 ? undefined : `tree: ${plural(count, 'change')}`,
    others.length === 0 ? undefined : `${others.map(({ name }) => name).join(', ')} changed`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'no change' : parts.join(', ');
}
