/** What a stored configuration says about offsetting, and what of it was in force (domain.md 7.7). */
import type { BankRules, Limits, OffsettingRules } from '../../../../domain/offsetting/state.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../../lib/json.ts';
import type { AgentId } from '../../../../lib/ids.ts';
import { centsField, numberField, objectOf } from '../../../read/eventFields.ts';

/**
 * The command line and the runner of the original drop some keys before its engine sees them, so a run may have
 * been played without what its configuration states.
 */
export const configReadings = ['as the command line runs', 'as the configuration states'] as const;
export type ConfigReading = (typeof configReadings)[number];

/** Of the original where a scenario is silent. */
const defaultHaircut = 0.02;
const defaults = { longestCycle: 4, cyclesPerPass: 10 };

const object = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});
const flag = (value: Json | undefined, otherwise: boolean) =>
  typeof value === 'boolean' ? value : otherwise;

/** Both steps are on unless the scenario says otherwise; undefined without a configuration. */
export function lsmOf(configJson: string | undefined): { pairs: boolean; cycles: boolean } | undefined {
  const config = objectOf(configJson);
  if (config === undefined) return undefined;
  const lsm = object(config.lsm_config);
  return { pairs: flag(lsm.enable_bilateral, true), cycles: flag(lsm.enable_cycles, true) };
}

/** Rules of one reading for the agents by number; undefined without a configuration. */
export function offsettingRulesOf(
  reading: ConfigReading,
  configJson: string | undefined,
  agents: readonly AgentId[],
  hasDeferredCredits: boolean,
): OffsettingRules | undefined {
  const config = objectOf(configJson);
  const on = lsmOf(configJson);
  if (config === undefined || on === undefined) return undefined;
  const lsm = object(config.lsm_config);
  const stated = reading === 'as the configuration states';
  const entries = (Array.isArray(config.agents) ? config.agents : []).filter(isJsonObject);
  const bankOf = (agent: AgentId): BankRules => {
    const entry = entries.find(({ id }) => id === agent) ?? {};
    return {
      unsecuredCap: centsField(entry.unsecured_cap) ?? 0n,
      posted: (stated ? centsField(entry.posted_collateral) : undefined) ?? 0n,
      haircut: (stated ? numberField(entry.collateral_haircut) : undefined) ?? defaultHaircut,
      limits: stated ? limitsOf(entry.limits, agents) : undefined,
    };
  };
  return {
    ...on,
    longestCycle: numberField(lsm.max_cycle_length) ?? defaults.longestCycle,
    cyclesPerPass: numberField(lsm.max_cycles_per_tick) ?? defaults.cyclesPerPass,
    deferredCrediting: hasDeferredCredits || config.deferred_crediting === true,
    banks: agents.map(bankOf),
  };
}

function limitsOf(value: Json | undefined, agents: readonly AgentId[]): Limits | undefined {
  if (!isJsonObject(value)) return undefined;
  const bilateral = new Map<number, bigint>();
  for (const [agent, limit] of Object.entries(object(value.bilateral_limits))) {
    const number = agents.findIndex((id) => id === agent);
    const amount = centsField(limit);
    if (number >= 0 && amount !== undefined) bilateral.set(number, amount);
  }
  return { bilateral, multilateral: centsField(value.multilateral_limit) };
}

/** A key that the command line drops, in the words of the screens, and the event that only it makes. */
interface DroppedKey {
  readonly words: string;
  readonly isStated: (config: JsonObject, agents: readonly JsonObject[]) => boolean;
  /** Event types that prove that it was in force; none where only balances can tell. */
  readonly provenBy: readonly string[];
}

const droppedKeys: readonly DroppedKey[] = [
  {
    words: 'limits',
    isStated: (_, agents) => agents.some(({ limits }) => isJsonObject(limits)),
    provenBy: ['BilateralLimitExceeded', 'MultilateralLimitExceeded'],
  },
  {
    words: 'collateral haircut',
    isStated: (_, agents) =>
      agents.some((agent) => (numberField(agent.collateral_haircut) ?? defaultHaircut) !== defaultHaircut),
    provenBy: [],
  },
  {
    words: 'collateral posted from the start',
    isStated: (_, agents) => agents.some((agent) => (centsField(agent.posted_collateral) ?? 0n) > 0n),
    provenBy: [],
  },
  {
    words: 'offsetting at entry',
    isStated: (config) => config.entry_disposition_offsetting === true,
    provenBy: ['EntryDispositionOffset'],
  },
  {
    words: 'priority escalation',
    isStated: (config) => object(config.priority_escalation).enabled === true,
    provenBy: ['PriorityEscalated'],
  },
  {
    words: 'sequence of algorithms',
    isStated: (config) => config.algorithm_sequencing === true,
    provenBy: ['AlgorithmExecution'],
  },
];

/** Dropped keys that a configuration states, and whether an event proves them. */
export function statedKeys(
  configJson: string | undefined,
  occurs: (type: string) => boolean,
): readonly { readonly words: string; readonly proven: boolean; readonly provable: boolean }[] {
  const config = objectOf(configJson);
  if (config === undefined) return [];
  const agents = (Array.isArray(config.agents) ? config.agents : []).filter(isJsonObject);
  return droppedKeys
    .filter(({ isStated }) => isStated(config, agents))
    .map(({ words, provenBy }) => ({
      words,
      proven: provenBy.some(occurs),
      provable: provenBy.length > 0,
    }));
}
