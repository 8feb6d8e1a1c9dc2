import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { samePolicy } from '../../domain/policy/same.ts';
import type { TwinSetups } from '../../domain/answers/runs.ts';
import { objectOf } from '../read/jsonFields.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';

/** What a scenario says of an agent, its policy and committed share aside: those are what a proposal changes. */
function withoutPolicy(agent: Json): Json {
  if (!isJsonObject(agent)) return agent;
  const policyKeys = new Set(['policy', 'liquidity_allocation_fraction']);
  return Object.fromEntries(Object.entries(agent).filter(([key]) => !policyKeys.has(key)));
}

/** A stored configuration without its policies and its seed, which are compared on their own. */
function scenarioOf(config: JsonObject): JsonObject {
  const { agents, simulation } = config;
  return {
    ...config,
    agents: Array.isArray(agents) ? agents.map(withoutPolicy) : (agents ?? null),
    simulation: isJsonObject(simulation)
      ? Object.fromEntries(Object.entries(simulation).filter(([key]) => key !== 'rng_seed'))
      : (simulation ?? null),
  };
}

/** Whether two runs have scenario and seed in common; undefined where the file does not tell. */
export function twinSetups(first: PreparedRun, second: PreparedRun): TwinSetups {
  const [one, other] = [objectOf(first.configJson), objectOf(second.configJson)];
  const [seed, otherSeed] = [first.facts?.seed, second.facts?.seed];
  return {
    sameScenario:
      one === undefined || other === undefined ? undefined : samePolicy(scenarioOf(one), scenarioOf(other)),
    sameSeed: seed === undefined || otherSeed === undefined ? undefined : seed === otherSeed,
  };
}
