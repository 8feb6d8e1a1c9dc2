/** All invariants over a whole database of the unified schema. */
import type { Engine } from '../../engine/engine.ts';
import { queryRows, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import { readRecords } from '../../persistence/records.ts';
import type { StoredEvent } from '../../domain/replay/details.ts';
import { checkRunByReplay } from '../../domain/replay/compareReplay.ts';
import { checkMoneyColumns, checkMoneyOfEvents, moneyColumnTypes } from '../../domain/replay/money.ts';
import { openingOf } from '../../domain/replay/replay.ts';
import type { Violation } from '../../domain/answers/resimulation.ts';
import type { SimulationId } from '../../lib/ids.ts';
import {
  agentQueueSnapshots,
  dailyAgentMetrics,
  policySnapshots,
  tickAgentStates,
  tickQueueSnapshots,
  transactions,
} from '../../schema/models/checkedTables.ts';
import { simulationEvents, simulations } from '../../schema/models/simulations.ts';
import { simulationRuns, type SimulationRunRow } from '../../schema/models/experiments.ts';
import type { RecordOf, Table } from '../../schema/table.ts';
import { tables } from '../../schema/tables.ts';
import { canonicalJson, type JsonObject } from '../../lib/json.ts';
import { describeProblems, loadPolicy } from '../../domain/policy/interpret/loadPolicy.ts';
import type { LoadedPolicy } from '../../domain/policy/interpret/ast.ts';
import { toRecordedEvent } from '../record/recordRun.ts';
import { scenarioConfig } from '../simulator/scenarioConfig.ts';
import { simulate } from '../simulator/simulate.ts';

export interface DatabaseCheck {
  readonly violations: readonly Violation[];
  /** Runs whose events are stored, and so were replayed and simulated again. */
  readonly runsChecked: number;
  readonly eventsChecked: number;
  readonly rowsChecked: number;
}

function rowsOf<T extends Table>(engine: Engine, table: T, id: SimulationId): Promise<RecordOf<T>[]> {
  const orderBy = table.name === simulationEvents.name ? sql`tick, event_timestamp, rowid` : sql`rowid`;
  return readRecords(engine, table, { where: sql`simulation_id = ${id}`, orderBy });
}

async function checkRun(
  engine: Engine,
  run: SimulationRunRow,
): Promise<{ readonly violations: readonly Violation[]; readonly events: number }> {
  const id = run.simulationId;
  const events: readonly StoredEvent[] = await rowsOf(engine, simulationEvents, id);
  const [scenario] = await rowsOf(engine, simulations, id);
  if (events.length === 0) {
    // The scenario is stored with the events, at the same level.
    const message = 'stored with its events, which are gone';
    return {
      violations: scenario === undefined ? [] : [{ invariant: 'INV-6', subject: id, message }],
      events: 0,
    };
  }
  const opening = scenario?.configJson && openingOf(scenario.configJson);
  if (scenario?.configJson === undefined || opening === undefined) {
    const message = 'events without the scenario that they start from';
    return { violations: [{ invariant: 'INV-6', subject: id, message }], events: events.length };
  }
  const policies = await rowsOf(engine, policySnapshots, id);
  const inputs = {
    config: scenario.configJson,
    policies: new Map(policies.map((row) => [row.agentId, row.policyJson])),
    seed: run.rngSeed,
  };
  const stored = {
    run,
    events,
    transactions: await rowsOf(engine, transactions, id),
    dailyMetrics: await rowsOf(engine, dailyAgentMetrics, id),
    endOfDayQueues: await rowsOf(engine, agentQueueSnapshots, id),
    tickAgentStates: await rowsOf(engine, tickAgentStates, id),
    tickQueues: await rowsOf(engine, tickQueueSnapshots, id),
  };
  return {
    violations: [
      ...checkMoneyOfEvents(id, events),
      ...checkRunByReplay(id, opening, stored),
      ...checkResimulation(id, inputs, events),
    ],
    events: events.length,
  };
}

/** INV-1 over every table, INV-2, 5 and 6 over every run whose events are stored. */
export async function checkDatabase(engine: Engine): Promise<DatabaseCheck> {
  const spec = { tableName: text, columnName: text, dataType: text };
  const violations: Violation[] = [...checkMoneyColumns(await queryRows(engine, moneyColumnTypes(), spec))];
  let rowsChecked = 0;
  for (const table of tables) {
    try {
      rowsChecked += (await readRecords(engine, table)).length;
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      violations.push({ invariant: 'INV-1', subject: table.name, message });
    }
  }
  let eventsChecked = 0;
  let runsChecked = 0;
  for (const run of await readRecords(engine, simulationRuns, { orderBy: sql`rowid` })) {
    const checked = await checkRun(engine, run);
    violations.push(...checked.violations);
    eventsChecked += checked.events;
    runsChecked += checked.events > 0 ? 1 : 0;
  }
  return { violations, runsChecked, eventsChecked, rowsChecked };
}

/** INV-2 and INV-5: a stored run, simulated again from what is stored about it, tells the same story. */
interface StoredInputs {
  readonly config: JsonObject;
  readonly policies: ReadonlyMap<string, JsonObject>;
  readonly seed: bigint;
}

function loadAll(policies: ReadonlyMap<string, JsonObject>): ReadonlyMap<string, LoadedPolicy> {
  return new Map(
    [...policies].map(([agent, json]) => {
      const loaded = loadPolicy(json);
      if (!loaded.ok) throw new RangeError(`${agent}: ${describeProblems(loaded.error)}`);
      return [agent, loaded.value];
    }),
  );
}

/** The events of a run, made anew. */
function resimulate(stored: StoredInputs): readonly StoredEvent[] {
  const events: StoredEvent[] = [];
  simulate({
    scenario: scenarioConfig.parse(stored.config),
    policies: loadAll(stored.policies),
    seed: Number(stored.seed),
    log: (event) => events.push(toRecordedEvent(event)),
  });
  return events;
}

function asText({ tick, eventType, agentId, txId, details }: StoredEvent): string {
  return canonicalJson([tick, eventType, agentId ?? null, txId ?? null, details]);
}

function firstDifference(
  expected: readonly StoredEvent[],
  found: readonly StoredEvent[],
): string | undefined {
  for (let i = 0; i < Math.max(expected.length, found.length); i += 1) {
    const [before, now] = [expected[i], found[i]];
    const [a, b] = [before && asText(before), now && asText(now)];
    if (a !== b) return `event ${i}: ${a ?? 'no event'} stored, ${b ?? 'no event'} simulated`;
  }
  return undefined;
}

/** Simulates twice: the second run must equal the first (INV-2), and the first the stored one (INV-5). */
function checkResimulation(
  subject: string,
  inputs: StoredInputs,
  stored: readonly StoredEvent[],
): readonly Violation[] {
  const once = resimulate(inputs);
  const repeated = firstDifference(once, resimulate(inputs));
  const kept = firstDifference(stored, once);
  return [
    ...(repeated === undefined ? [] : [{ invariant: 'INV-2' as const, subject, message: repeated }]),
    ...(kept === undefined ? [] : [{ invariant: 'INV-5' as const, subject, message: kept }]),
  ];
}
