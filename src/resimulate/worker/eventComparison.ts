import type {
  EventText,
  Hindrance,
  PolicyInForce,
  Resimulation,
  RunInputs,
} from '../../domain/answers/resimulation.ts';
import { nearTicks } from '../../domain/events.ts';
import type { LoadedPolicy } from '../../domain/policy/interpret/ast.ts';
import { describeProblems, loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import type { StoredEvent } from '../../domain/replay/details.ts';
import { toRecordedEvent } from '../../lab/record/recordRun.ts';
import type { SimulatedEvent } from '../../lab/simulator/events.ts';
import { scenarioConfig } from '../../lab/simulator/scenarioConfig.ts';
import { simulateByTick } from '../../lab/simulator/simulate.ts';
import { canonicalJson, formatJson, isJsonObject, parseJson, type JsonObject } from '../../lib/json.ts';
import { err, ok, type Result } from '../../lib/result.ts';

function sameness({ tick, eventType, agentId, txId, details }: StoredEvent): string {
  return canonicalJson([tick, eventType, agentId ?? null, txId ?? null, details]);
}

function toText({ tick, eventType, agentId, txId, details }: StoredEvent): EventText {
  return { tick, eventType, agentId, txId, details: formatJson(details) };
}

/** Holds stored events against simulated ones as both come, up to the first that differs. */
export class EventComparison {
  private readonly next: () => StoredEvent | undefined;
  private index = 0;
  private found: Exclude<Resimulation, { kind: 'identical' }> | undefined;

  constructor(next: () => StoredEvent | undefined) {
    this.next = next;
  }

  /** `text` is the same event as it is stored, to be shown. */
  see(stored: StoredEvent, text: EventText): void {
    if (this.found === undefined) this.compare(stored, text);
  }

  /** After the last stored event none must be left. */
  finish(): Resimulation {
    if (this.found === undefined) this.compare(undefined, undefined);
    return this.found ?? { kind: 'identical' };
  }

  private compare(stored: StoredEvent | undefined, text: EventText | undefined): void {
    const index = this.index;
    this.index += 1;
    let simulated: StoredEvent | undefined;
    try {
      simulated = this.next();
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      this.found = { kind: 'cannot', obstacle: 'stopped', detail: `before event ${index}: ${why}` };
      return;
    }
    if (stored === undefined && simulated === undefined) return;
    if (stored !== undefined && simulated !== undefined && sameness(stored) === sameness(simulated)) return;
    this.found = {
      kind: 'different',
      first: {
        index,
        tick: Math.min(stored?.tick ?? Infinity, simulated?.tick ?? Infinity),
        stored: text,
        simulated: simulated && toText(simulated),
      },
    };
  }
}

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
interface SimulatedRun {
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
