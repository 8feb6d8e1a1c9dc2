/** All invariants over a whole database of the unified schema. */
import type { Engine } from '../../engine/engine.ts';
import { queryRows, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import { readRecords } from '../../persistence/readRecords.ts';
import type { StoredEvent } from '../../domain/replay/details.ts';
import { checkRunByReplay } from '../../domain/replay/compareReplay.ts';
import { checkMoneyColumns, checkMoneyOfEvents, moneyColumnTypes } from '../../domain/replay/money.ts';
import { openingOf } from '../../domain/replay/replay.ts';
import type { Violation } from '../../domain/replay/violation.ts';
import type { SimulationId } from '../../lib/ids.ts';
import { agentQueueSnapshots } from '../../schema/models/agentQueueSnapshots.ts';
import { dailyAgentMetrics } from '../../schema/models/dailyAgentMetrics.ts';
import { policySnapshots } from '../../schema/models/policySnapshots.ts';
import { simulationEvents } from '../../schema/models/simulationEvents.ts';
import { simulationRuns, type SimulationRunRow } from '../../schema/models/simulationRuns.ts';
import { simulations } from '../../schema/models/simulations.ts';
import { tickAgentStates } from '../../schema/models/tickAgentStates.ts';
import { tickQueueSnapshots } from '../../schema/models/tickQueueSnapshots.ts';
import { transactions } from '../../schema/models/transactions.ts';
import type { RecordOf, Table } from '../../schema/table.ts';
import { tables } from '../../schema/tables.ts';
import { checkResimulation } from './resimulate.ts';

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
