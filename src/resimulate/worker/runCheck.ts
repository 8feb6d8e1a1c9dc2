import type { z } from 'zod';

import type {
  EventText,
  Hindrance,
  RunCheckResult,
  RunInputs,
  Violation,
} from '../../domain/answers/resimulation.ts';
import { startReplayCheck, type RunningCheck, type StoredTotals } from '../../domain/replay/compareReplay.ts';
import type { StoredEvent } from '../../domain/replay/details.ts';
import { checkMoneyOfEvents } from '../../domain/replay/money.ts';
import { openingOf } from '../../domain/replay/replay.ts';
import type { ReplayOpening } from '../../domain/replay/replayState.ts';
import { isJsonObject, parseJson } from '../../lib/json.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { checkedTables, type CheckedTable } from '../../schema/models/checkedTables.ts';
import type { Reply, Request } from '../protocol.ts';
import { EventComparison, simulateAgain } from './eventComparison.ts';

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
