import type { z } from 'zod';

import type {
  EventText,
  Hindrance,
  RunCheckResult,
  RunInputs,
  Violation,
  PolicyInForce,
  Resimulation,
} from '../../domain/answers/resimulation.ts';
import { nearTicks } from '../../domain/events.ts';
import type { LoadedPolicy } from '../../domain/policy/interpret/ast.ts';
import { describeProblems, loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import { startReplayCheck, type RunningCheck, type StoredTotals } from '../../domain/replay/compareReplay.ts';
import type { StoredEvent } from '../../domain/replay/details.ts';
import { checkMoneyOfEvents } from '../../domain/replay/money.ts';
import { openingOf } from '../../domain/replay/replay.ts';
import type { ReplayOpening } from '../../domain/replay/replayState.ts';
import { toRecordedEvent } from '../../lab/record/recordRun.ts';
import type { SimulatedEvent } from '../../lab/simulator/events.ts';
import { scenarioConfig } from '../../lab/simulator/scenarioConfig.ts';
import { simulateByTick } from '../../lab/simulator/simulate.ts';
import { isJsonObject, parseJson, canonicalJson, formatJson, type JsonObject } from '../../lib/json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { checkedTables, type CheckedTable } from '../../schema/models/checkedTables.ts';
import type { Reply, Request } from '../protocol.ts';

function sameness({ tick, eventType, agentId, txId, details }: StoredEvent): string {
  return canonicalJson([tick, eventType, agentId ?? null, txId ?? null, details]);
}

function toText({ tick, eventType, agentId, txId, details }: StoredEvent): EventText {
  return { tick, eventType, agentId, txId, details: formatJson(details) };
}

/** Holds stored events against simulated ones as both come, up to the first that differs. */
class EventComparison {
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

function simulateAgain(inputs: RunInputs): Result<SimulatedRun, Hindrance> {
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

/** Answers requests about one run after the other. */
export function createAnswerer(): (request: Request) => Reply {
  let current: RunCheck | undefined;
  const answer = (request: Request): Reply => {
    if (request.kind === 'begin') {
      const begun = RunCheck.begin(request.inputs);
      current = begun.ok ? begun.value : undefined;
      return begun.ok ? { kind: 'taken' } : { kind: 'hindered', hindrance: begun.error };
    }
    if (current === undefined) throw new Error(`${request.kind} before a run was begun`);
    switch (request.kind) {
      case 'rows':
        current.takeRows(request.table, request.rows);
        return { kind: 'taken' };
      case 'events':
        current.takeEvents(request.events);
        return { kind: 'taken' };
      case 'end': {
        const result = current.end();
        current = undefined;
        return { kind: 'result', result };
      }
    }
  };
  return (request) => {
    try {
      return answer(request);
    } catch (cause) {
      return { kind: 'failed', message: cause instanceof Error ? cause.message : String(cause) };
    }
  };
}

/** Of each kind at most so many are listed: one wrong row makes many others wrong. */
const limit = 20;

type Rows = { readonly [T in CheckedTable]: z.output<(typeof checkedTables)[T]['row']>[] };

/**
 * One run under check: its events are compared with simulated ones (INV-2, INV-5), must hold whole money
 * (INV-1), and, replayed alone, give the rows that are stored beside them (INV-6).
 */
class RunCheck {
  private readonly inputs: RunInputs;
  private readonly opening: ReplayOpening;
  private readonly comparison: EventComparison;
  private readonly violations: Violation[] = [];
  private readonly stored: Rows = {
    policy_snapshots: [],
    transactions: [],
    daily_agent_metrics: [],
    agent_queue_snapshots: [],
    tick_agent_states: [],
    tick_queue_snapshots: [],
  };
  private replay: RunningCheck | undefined;
  private events = 0;

  private constructor(inputs: RunInputs, opening: ReplayOpening, comparison: EventComparison) {
    this.inputs = inputs;
    this.opening = opening;
    this.comparison = comparison;
  }

  static begin(inputs: RunInputs): Result<RunCheck, Hindrance> {
    const simulated = simulateAgain(inputs);
    if (!simulated.ok) return simulated;
    const opening = openingOf(simulated.value.config);
    if (opening === undefined) return err({ obstacle: 'bad-scenario', detail: undefined });
    return ok(new RunCheck(inputs, opening, new EventComparison(simulated.value.next)));
  }

  takeRows(table: CheckedTable, rows: readonly Readonly<Record<string, unknown>>[]): void {
    const model: z.ZodType = checkedTables[table].row;
    const kept: unknown[] = this.stored[table];
    for (const row of rows) {
      const parsed = model.safeParse(row);
      if (parsed.success) kept.push(parsed.data);
      else this.refuseRow(table, parsed.error);
    }
  }

  takeEvents(events: readonly EventText[]): void {
    this.replay ??= startReplayCheck(this.inputs.simulationId, this.opening, this.storedTotals(), limit);
    for (const text of events) {
      const details = parseJson(text.details);
      const event: StoredEvent = {
        ...text,
        // What is no object differs from whatever is simulated.
        details: details.ok && isJsonObject(details.value) ? details.value : { unreadable: text.details },
      };
      this.note(checkMoneyOfEvents(this.inputs.simulationId, [event]));
      this.comparison.see(event, text);
      this.replay.see(event);
      this.events += 1;
    }
  }

  end(): RunCheckResult {
    this.note(this.replay?.finish() ?? []);
    return {
      simulationId: this.inputs.simulationId,
      resimulation: this.comparison.finish(),
      events: this.events,
      violations: this.violations,
    };
  }

  private storedTotals(): StoredTotals {
    return {
      run: this.inputs.totals,
      transactions: this.stored.transactions,
      dailyMetrics: this.stored.daily_agent_metrics,
      endOfDayQueues: this.stored.agent_queue_snapshots,
      tickAgentStates: this.stored.tick_agent_states,
      tickQueues: this.stored.tick_queue_snapshots,
    };
  }

  private refuseRow(table: CheckedTable, error: z.ZodError): void {
    const { path, message } = error.issues[0] ?? { path: [], message: 'not a row' };
    this.note([
      {
        invariant: 'INV-1',
        subject: this.inputs.simulationId,
        message: `${table}: ${path.join('.')}: ${message}`,
        table,
      },
    ]);
  }

  private note(found: readonly Violation[]): void {
    if (this.violations.length < 2 * limit) this.violations.push(...found);
  }
}
