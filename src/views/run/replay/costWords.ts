import { formatMoney } from '../../../lib/format.ts';
import type { AgentCosts } from '../../../domain/answers/experiments.ts';
import type { Cents } from '../../../lib/units.ts';

const parts: readonly (readonly [keyof AgentCosts, string])[] = [
  ['overdraftCents', 'overdraft'],
  ['delayCents', 'delay'],
  ['penaltyCents', 'penalties'],
  ['collateralCents', 'collateral'],
  ['splitFrictionCents', 'splitting'],
  ['opportunityCents', 'opportunity'],
];

/** `delay $34.12, penalties $3,100.00`: the components that are not zero; empty where there are none. */
export function costWords(costs: AgentCosts | undefined): string {
  if (costs === undefined) return '';
  return parts
    .map(([key, word]): [Cents, string] => [costs[key], word])
    .filter(([cents]) => cents !== 0n)
    .map(([cents, word]) => `${word} ${formatMoney(cents)}`)
    .join(', ');
}
