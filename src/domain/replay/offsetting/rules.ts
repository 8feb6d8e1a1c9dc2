/** The offsetting step of the original and the configuration that it may have run under (domain.md 7.7). */
import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { agentId, type AgentId } from '../../../lib/ids.ts';
import { cents, type Cents } from '../../../lib/units.ts';

/** Most that a bank may pay in a day, in cents; what is not listed is not limited. */
interface Limits {
  readonly bilateral: ReadonlyMap<AgentId, Cents>;
  readonly multilateral: Cents | undefined;
}

export interface OffsettingRules {
  readonly pairs: boolean;
  readonly cycles: boolean;
  readonly maxCycleLength: number;
  readonly maxCyclesPerTick: number;
  readonly limits: ReadonlyMap<AgentId, Limits>;
  /** Share of posted collateral that gives no credit. */
  readonly haircuts: ReadonlyMap<AgentId, number>;
}

/**
 * `command line`: its configuration drops limits, haircuts and posted collateral, so what `config_json` states of
 * them was never in force. `as stated`: the whole of `config_json` was.
 */
export type Reading = 'command line' | 'as stated';

/** What the original charges where a scenario is silent (domain.md 7.2). */
const defaults = { haircut: 0.02, maxCycleLength: 4, maxCyclesPerTick: 10 } as const;

const wholeOf = (value: Json | undefined): bigint | undefined =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))
    ? BigInt(value)
    : undefined;

const centsOf = (value: Json | undefined): Cents | undefined => {
  const whole = wholeOf(value);
  return whole === undefined ? undefined : cents(whole);
};

function limitsOf(agent: JsonObject): Limits {
  const limits = isJsonObject(agent.limits) ? agent.limits : {};
  const stated = isJsonObject(limits.bilateral_limits) ? Object.entries(limits.bilateral_limits) : [];
  const bilateral = new Map<AgentId, Cents>();
  for (const [receiver, value] of stated) {
    const limit = centsOf(value);
    if (limit !== undefined) bilateral.set(agentId(receiver), limit);
  }
  return { bilateral, multilateral: centsOf(limits.multilateral_limit) };
}

/** The rules that a reading of a stored scenario gives. */
export function rulesOf(config: JsonObject, reading: Reading): OffsettingRules {
  const lsm = isJsonObject(config.lsm_config) ? config.lsm_config : {};
  const limits = new Map<AgentId, Limits>();
  const haircuts = new Map<AgentId, number>();
  for (const agent of Array.isArray(config.agents) ? config.agents : []) {
    if (!isJsonObject(agent) || typeof agent.id !== 'string') continue;
    const id = agentId(agent.id);
    const stated = reading === 'as stated';
    const { collateral_haircut: haircut } = agent;
    haircuts.set(id, stated && typeof haircut === 'number' ? haircut : defaults.haircut);
    if (stated) limits.set(id, limitsOf(agent));
  }
  return {
    pairs: lsm.enable_bilateral !== false,
    cycles: lsm.enable_cycles !== false,
    maxCycleLength: Number(wholeOf(lsm.max_cycle_length) ?? defaults.maxCycleLength),
    maxCyclesPerTick: Number(wholeOf(lsm.max_cycles_per_tick) ?? defaults.maxCyclesPerTick),
    limits,
    haircuts,
  };
}
