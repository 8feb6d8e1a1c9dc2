import { allCosts, costOf, type AgentCosts } from '../../../domain/costs.ts';
import { formatMoney } from '../../../lib/format.ts';

/** `delay $34.12, penalties $3,100.00`: the components that are not zero; empty where there are none. */
export function costWords(costs: AgentCosts | undefined): string {
  if (costs === undefined) return '';
  return allCosts
    .map(({ id, word }) => ({ word, cents: costOf(costs, id) }))
    .filter(({ cents }) => cents !== 0n)
    .map(({ word, cents }) => `${word} ${formatMoney(cents)}`)
    .join(', ');
}
