import { isJsonObject, parseJson, type JsonObject } from '../../lib/json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { toRecordedEvent } from '../../lab/record/recordRun.ts';
import type { SimulatedEvent } from '../../lab/simulator/events.ts';
import { scenarioConfig } from '../../lab/simulator/scenarioConfig.ts';
import { simulateByTick } from '../../lab/simulator/simulate.ts';
import { nearTicks } from '../../domain/events.ts';
import type { LoadedPolicy } from '../../domain/policy/interpret/ast.ts';
import { describeProblems, loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import type { StoredEvent } from '../../domain/replay/details.ts';
import type { Hindrance, PolicyInForce, RunInputs } from '../../domain/answers/resimulation.ts';

function loadAll(policies: readonly PolicyInForce[]): Result<ReadonlyMap<string, LoadedPolicy>, Hindrance> {
  const loaded = new Map<string, LoadedPolicy>();
  for (const { agentId, fromTick, policyJson } of policies) {
    const refused = (why: string) => err<Hindrance>({ obstacle: 'bad-policy', detail: `${agentId}: ${why}` });
    if (fromTick !== 0) return refused(`a second policy from tick ${fromTick} on`);
    const json = parseJson(policyJson);
    if (!json.ok) return refused(json.error);
    const policy = loadPolicy(json.value);
    if (!policy.ok) return refused(describeProblems(policy.error));
    loaded.set(agentId, policy.value);
  }
  return ok(loaded);
}

/** A run made anew, one event after the other; a tick is simulated when its first event is asked for. */
export interface SimulatedRun {
  readonly config: JsonObject;
  /** Undefined at the end. Throws what stops the simulator: a policy that divides by zero. */
  readonly next: () => StoredEvent | undefined;
}

export function simulateAgain(inputs: RunInputs): Result<SimulatedRun, Hindrance> {
  const json = parseJson(inputs.configJson);
  const bad = (detail: string) => err<Hindrance>({ obstacle: 'bad-scenario', detail });
  if (!json.ok) return bad(json.error);
  if (!isJsonObject(json.value)) return bad('not an object');
  const scenario = scenarioConfig.safeParse(json.value);
  if (!scenario.success) {
    return bad(scenario.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  }
  const { ticks_per_day: ticksPerDay, num_days: days } = scenario.data.simulation;
  if (ticksPerDay * days > nearTicks)
    return bad(`${ticksPerDay * days} ticks, and at most ${nearTicks} can be simulated again`);
  const policies = loadAll(inputs.policies);
  if (!policies.ok) return policies;

  let waiting: SimulatedEvent[] = [];
  let taken = 0;
  const ticks = simulateByTick({
    scenario: scenario.data,
    policies: policies.value,
    seed: Number(inputs.seed),
    log: (event) => waiting.push(event),
  });
  const next = (): StoredEvent | undefined => {
    while (taken === waiting.length) {
      waiting = [];
      taken = 0;
      if (ticks.next().done === true && waiting.length === 0) return undefined;
    }
    const event = waiting[taken];
    taken += 1;
    return event && toRecordedEvent(event);
  };
  return ok({ config: json.value, next });
}
