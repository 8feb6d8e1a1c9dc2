import type { Engine } from '../../engine/engine.ts';
import { queryRows, text } from '../../engine/rows.ts';
import { fileId, simulationId } from '../../lib/ids.ts';
import { ident, join, literal, sql, type Sql } from '../../lib/sql.ts';
import { costColumns } from '../run/prepare/costs.ts';
import { prepareRun, type PreparedRun } from '../run/prepare/prepareRun.ts';
import { ways } from '../run/prepare/settled.ts';
import { dropTables } from '../run/prepare/tables.ts';
import type { RunScope } from '../scope.ts';
import { createOwnTable, createRunView, inMemory, runTableName } from './install.ts';

/** Where a statement does not say which runs, so many are filled at most. */
export const mostUnnamedRuns = 20;

/** Runs of certain ids, or all of them where they are few; else one that may be named. */
export async function runsToFill(
  engine: Engine,
  ids: ReadonlySet<string> | undefined,
): Promise<readonly RunScope[] | { readonly forExample: RunScope }> {
  const stored = await runsOf(engine, sql`simulation_runs`);
  const chosen = stored.filter((run) => ids === undefined || ids.has(run.simulationId));
  const [first] = stored;
  if (ids === undefined && first !== undefined && stored.length > mostUnnamedRuns)
    return { forExample: first };
  // Every payment and event is looked at for runs without a row, so these come last.
  const found = new Set<string>(chosen.map((run) => run.simulationId));
  if (ids !== undefined && [...ids].every((id) => found.has(id))) return chosen;
  const orphans = await runsOf(engine, sql`orphan_runs`);
  const all = [...chosen, ...orphans.filter((run) => ids === undefined || ids.has(run.simulationId))];
  const [other] = all;
  if (ids === undefined && other !== undefined && all.length > mostUnnamedRuns) return { forExample: other };
  return all;
}

async function runsOf(engine: Engine, relation: Sql): Promise<readonly RunScope[]> {
  const rows = await queryRows(
    engine,
    sql`SELECT DISTINCT file_id, simulation_id FROM ${relation} ORDER BY file_id, simulation_id`,
    { fileId: text, simulationId: text },
  );
  return rows.map((row) => ({ fileId: fileId(row.fileId), simulationId: simulationId(row.simulationId) }));
}

/** NULL where a run does not tell the thing at all, as the page of a run has it (`run/tickState.ts`). */
const where = (known: boolean, value: Sql): Sql => (known ? value : sql`NULL`);

function agentTicks(run: PreparedRun): Sql {
  const recorded = run.eventCount > 0;
  const hasQueues = run.recorded.queues || (recorded && run.unnamed.arrivals === 0);
  const isCharged = recorded && run.unnamed.accruals === 0;
  const hasStates = recorded || run.recorded.states;
  const listed = costColumns.filter((column) => column !== 'total');
  // One part that cannot be read leaves none of them.
  const isWhole = join(
    costColumns.map((column) => sql`s.${ident(column)} IS NOT NULL`),
    ' AND ',
  );
  const part = (value: Sql): Sql => where(isCharged, sql`CASE WHEN ${isWhole} THEN ${value} END`);
  const rest = sql`s.total - ${join(
    listed.map((column) => sql`s.${ident(column)}`),
    ' - ',
  )}`;
  const inQueue = (queue: 1 | 2, column: 'payments' | 'value'): Sql =>
    where(
      hasQueues,
      sql`CASE WHEN s.${ident(`payments${queue}`)} IS NOT NULL AND s.${ident(`value${queue}`)} IS NOT NULL
        THEN s.${ident(`${column}${queue}`)} END`,
    );
  const bound = (side: 'low' | 'high'): Sql =>
    where(run.isBounded, sql`b.${ident(run.isBounded ? `balance_${side}` : side)}`);
  const joined = run.isBounded ? sql`LEFT JOIN ${run.table('bounds')} b USING (tick, agent)` : sql``;
  return sql`SELECT ${run.scope.fileId}, ${run.scope.simulationId}, s.tick, n.id, ${where(hasStates, sql`s.balance`)},
      ${bound('low')}, ${bound('high')}, ${where(hasStates, sql`s.lowest`)}, ${where(hasStates, sql`s.posted`)}, s.cap,
      ${inQueue(1, 'payments')}, ${inQueue(1, 'value')}, ${inQueue(2, 'payments')}, ${inQueue(2, 'value')},
      ${join([...costColumns.map((column) => part(sql`s.${ident(column)}`)), part(rest)], ', ')}
    FROM ${run.table('states')} s JOIN ${agentNames(run)} n ON n.no = s.agent ${joined} ORDER BY s.tick, s.agent`;
}

function payments(run: PreparedRun): Sql {
  const settledBy = join(
    ways.map((way, i) => sql`WHEN ${i} THEN ${way === 'transfer' ? null : way}`),
    ' ',
  );
  return sql`SELECT ${run.scope.fileId}, ${run.scope.simulationId}, p.tx_id, f.id, t.id, p.amount, p.priority, p.arrival_tick,
      p.deadline_tick, p.settlement_tick, p.settlement_tick - p.arrival_tick, p.overdue_tick,
      CASE p.how ${settledBy} END, p.status, w.tx_id, p.parts
    FROM ${run.table('payments')} p LEFT JOIN ${run.table('arrivals')} w ON w.tx = p.parent
    JOIN ${agentNames(run)} f ON f.no = p.sender JOIN ${agentNames(run)} t ON t.no = p.receiver ORDER BY p.tx`;
}

function moves(run: PreparedRun): Sql {
  return sql`SELECT ${run.scope.fileId}, ${run.scope.simulationId},
      row_number() OVER (ORDER BY m.seq, m.later, m.cents DESC), m.tick, n.id, m.cents, m.recorded_before
    FROM ${run.table('moves')} m JOIN ${agentNames(run)} n ON n.no = m.agent ORDER BY 3`;
}

/** For FROM: the agents of a run by number. */
const agentNames = ({ agents }: PreparedRun): Sql =>
  agents.length === 0
    ? sql`(SELECT 0 AS no, '' AS id LIMIT 0)`
    : sql`(SELECT * FROM (VALUES ${join(
        agents.map((id, no) => sql`(${no}, ${literal(id)})`),
        ', ',
      )}) v(no, id))`;

const selects = { agent_ticks: agentTicks, payments, moves } as const;
type RunTableName = keyof typeof selects;
const runTables = Object.keys(selects) as readonly RunTableName[];
export const isRunTable = (name: string): name is RunTableName => name in selects;

/** Makes the tables of one run; what the events cannot tell is NULL, as on the page of the run. */
export async function fillRun(engine: Engine, scope: RunScope, number: number): Promise<void> {
  for (const table of runTables) await engine.query(createOwnTable(table, runTableName(number, table)));
  const run = await prepareRun(engine, scope, number);
  try {
    if (run === undefined) return;
    for (const table of runTables)
      await engine.query(sql`INSERT INTO ${inMemory(runTableName(number, table))} ${selects[table](run)}`);
  } finally {
    await dropTables(engine, number);
  }
}

/** Lets the tables hold these runs and no other, in this order. */
export async function showRuns(engine: Engine, numbers: readonly number[]): Promise<void> {
  for (const table of runTables) await engine.query(createRunView(table, numbers));
}
