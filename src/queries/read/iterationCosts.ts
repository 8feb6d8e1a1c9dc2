import type { AgentId } from '../../lib/ids.ts';
import { agentId } from '../../lib/ids.ts';
import { addCents, cents, type Cents } from '../../lib/units.ts';
import { formatJson, type Json } from '../../lib/json.ts';
import { centsField, fieldsOf, objectOf } from './jsonFields.ts';

/** `costs_per_agent` of one iteration; undefined where the value is not an integer number of cents. */
export type StoredCosts = ReadonlyMap<AgentId, Cents | undefined>;

export function readCosts(stored: string | undefined): StoredCosts {
  return new Map(fieldsOf(stored, centsField).map(([agent, cost]) => [agentId(agent), cost]));
}

/** The same for every row, one at a time. */
export function* readCostsOf(
  rows: Iterable<{ readonly costsPerAgent: string | undefined }>,
): Generator<StoredCosts, void> {
  for (const row of rows) yield readCosts(row.costsPerAgent);
}

/** Sum over the agents that the experiment records costs for; undefined when one of them is missing. */
export function agentsTotal(costs: StoredCosts, agents: ReadonlySet<AgentId>): Cents | undefined {
  if (agents.size === 0) return undefined;
  let total = cents(0n);
  for (const agent of agents) {
    const cost = costs.get(agent);
    if (cost === undefined) return undefined;
    total = addCents(total, cost);
  }
  return total;
}

/** What is stored where a cost is no whole cents, by agent; a text that is no object is every agent's. */
export function unreadableCosts(
  stored: string | undefined,
  agents: ReadonlySet<AgentId>,
): ReadonlyMap<AgentId, string> {
  if (stored === undefined) return new Map();
  if (objectOf(stored) === undefined) return new Map([...agents].map((agent) => [agent, stored]));
  const odd = fieldsOf(stored, (value) =>
    value === null || centsField(value) !== undefined ? undefined : asStored(value),
  );
  return new Map(odd.flatMap(([agent, text]) => (text === undefined ? [] : [[agentId(agent), text]])));
}

/** Python's bare `NaN` comes out of the parser as the text of that name. */
function asStored(value: Json): string {
  if (typeof value === 'number') return `${value}`;
  return typeof value === 'string' && /^-?Infinity$|^NaN$/.test(value) ? value : formatJson(value);
}

export function knownCosts(costs: StoredCosts): ReadonlyMap<AgentId, Cents> {
  const known = new Map<AgentId, Cents>();
  for (const [agent, cost] of costs) if (cost !== undefined) known.set(agent, cost);
  return known;
}
