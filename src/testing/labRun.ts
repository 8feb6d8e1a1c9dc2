/** Short ways to run the simulator in tests. */
import type { SimulatedEvent, LabEventType } from '../lab/simulator/events.ts';
import type { SimulationOutcome, SimulatedTick } from '../lab/simulator/outcome.ts';
import { scenarioConfig, type ScenarioInput } from '../lab/simulator/scenarioConfig.ts';
import { simulate } from '../lab/simulator/simulate.ts';
import type { Json, JsonObject } from '../lib/json.ts';
import { describeProblems, loadPolicy } from '../domain/policy/interpret/loadPolicy.ts';

export interface LabRun {
  readonly outcome: SimulationOutcome;
  readonly events: readonly SimulatedEvent[];
  readonly ticks: readonly SimulatedTick[];
}

/** A policy of the given trees. */
export function labPolicy(trees: JsonObject): JsonObject {
  return { version: '2.0', policy_id: 'test', ...trees };
}

/** A leaf; plain values become literals, objects stay as they are. */
export function leaf(action: string, parameters: Record<string, Json> = {}, nodeId = action): JsonObject {
  const wrapped = Object.entries(parameters).map(([name, value]): [string, Json] => [
    name,
    typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { value },
  ]);
  return { type: 'action', node_id: nodeId, action, parameters: Object.fromEntries(wrapped) };
}

/** A condition node that compares a field with a number. */
export function when(
  field: string,
  op: string,
  value: number,
  onTrue: JsonObject,
  onFalse: JsonObject,
): JsonObject {
  const condition = { op, left: { field }, right: { value } };
  return {
    type: 'condition',
    node_id: `${field}${op}${value}`,
    condition,
    on_true: onTrue,
    on_false: onFalse,
  };
}

/** Runs a scenario with policies given as JSON; everything that it reports is kept. */
export function runLab(
  input: ScenarioInput,
  policies: Readonly<Record<string, JsonObject>> = {},
  seed = input.simulation.rng_seed,
): LabRun {
  const loaded = Object.entries(policies).map(([agent, json]) => {
    const policy = loadPolicy(json);
    if (!policy.ok) throw new Error(`${agent}: ${describeProblems(policy.error)}`);
    return [agent, policy.value] as const;
  });
  const events: SimulatedEvent[] = [];
  const ticks: SimulatedTick[] = [];
  const outcome = simulate({
    scenario: scenarioConfig.parse(input),
    policies: new Map(loaded),
    seed,
    log: (event) => events.push(event),
    onTick: (state) => ticks.push(state),
  });
  return { outcome, events, ticks };
}

/** The events of one type, typed. */
export function eventsOf<Type extends LabEventType>(
  run: LabRun,
  type: Type,
): Extract<SimulatedEvent, { eventType: Type }>[] {
  return run.events.filter(
    (event): event is Extract<SimulatedEvent, { eventType: Type }> => event.eventType === type,
  );
}

/** A payment at a known tick. */
export function payment(
  from: string,
  to: string,
  amount: number,
  tick = 0,
  more: { readonly deadline?: number; readonly priority?: number } = {},
): NonNullable<ScenarioInput['scenario_events']>[number] {
  return {
    type: 'CustomTransactionArrival',
    from_agent: from,
    to_agent: to,
    amount,
    deadline: more.deadline ?? 50,
    priority: more.priority ?? 5,
    schedule: { type: 'OneTime', tick },
  };
}

/** A scenario of some banks that open with these balances; the rest as given. */
export function scenarioOf(
  balances: Readonly<Record<string, number>>,
  rest: Partial<ScenarioInput> & { readonly ticks?: number } = {},
): ScenarioInput {
  const { ticks = 3, ...more } = rest;
  return {
    simulation: { ticks_per_day: ticks, num_days: 1, rng_seed: 7 },
    cost_rates: {},
    agents: Object.entries(balances).map(([id, opening_balance]) => ({ id, opening_balance })),
    ...more,
  };
}
