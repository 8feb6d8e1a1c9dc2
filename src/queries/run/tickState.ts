import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { byListedCost, listedCosts, type ListedCostId } from '../../domain/costs.ts';
import { sql } from '../../lib/sql.ts';
import type { Bounds } from '../../domain/answers/experiments.ts';
import type { AgentTick, TickBounds, TickMove, TickState } from '../../domain/answers/runs.ts';
import { cents, subtractCents, type Cents } from '../../lib/units.ts';
import { costsOf, type CostParts } from './runCosts.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { preparedRun, type PreparedRun } from './prepare/prepareRun.ts';
import type { JsonObject } from '../../lib/json.ts';
import { agentId } from '../../lib/ids.ts';
import { eventsOfRun, centsField, objectOf, textField } from '../read/eventFields.ts';
import { ways, kindIn, occurs } from './prepare/tables.ts';

const soFarSpec = Object.fromEntries(
  listedCosts.map(({ id }) => [`${id}SoFar`, nullable(money)]),
) as Readonly<Record<`${ListedCostId}SoFar`, ReturnType<typeof nullable<Cents>>>>;
type PerhapsParts = { readonly [part in keyof CostParts]: Cents | undefined };

const spec = {
  agent: int,
  balance: nullable(money),
  lowest: nullable(money),
  posted: nullable(money),
  cap: nullable(money),
  payments1: nullable(int),
  value1: nullable(money),
  payments2: nullable(int),
  value2: nullable(money),
  total: nullable(money),
  ...byListedCost(() => nullable(money)),
  totalSoFar: nullable(money),
  ...soFarSpec,
};

/** Every agent at the end of a tick, and the money that moved in it; undefined beyond the run. */
export const tickState = defineQuery({
  name: 'tickState',
  scope: 'run',
  async run(engine, scope: RunScope & { readonly tick: number }, signal): Promise<TickState | undefined> {
    const { tick } = scope;
    const run = await preparedRun(engine, scope);
    if (run === undefined || tick < 0 || tick >= run.tickCount) return undefined;
    const rows = await queryRows(
      engine,
      sql`SELECT * FROM ${run.table('states')} WHERE tick = ${tick} ORDER BY agent`,
      spec,
      signal,
    );
    const bounds = await readBounds(engine, run, tick, signal);
    const agents = rows.map((row) => agentTick(run, row, bounds.get(row.agent)));
    return { tick, agents, ...(await readTickMoves(engine, run, tick, signal)) };
  },
});

const boundsSpec = {
  agent: int,
  balanceLow: nullable(money),
  balanceHigh: nullable(money),
  lowestLow: nullable(money),
  lowestHigh: nullable(money),
  payments2Low: int,
  payments2High: int,
  value2Low: money,
  value2High: money,
};

/** By number of the agent; empty where every settlement is known. */
async function readBounds(
  engine: Engine,
  run: PreparedRun,
  tick: number,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, TickBounds>> {
  if (!run.isBounded) return new Map();
  const statement = sql`SELECT * FROM ${run.table('bounds')} WHERE tick = ${tick} AND payments2_high IS NOT NULL`;
  const rows = await queryRows(engine, statement, boundsSpec, signal);
  return new Map(
    rows.map((row) => {
      const balance = between(row.balanceLow, row.balanceHigh);
      return [
        row.agent,
        {
          balance,
          lowestSoFar: between(row.lowestLow, row.lowestHigh),
          creditUsed: balance && between(shortOfZero(balance.high), shortOfZero(balance.low)),
          queue2Payments: { low: row.payments2Low, high: row.payments2High },
          queue2Value: { low: row.value2Low, high: row.value2High },
        },
      ];
    }),
  );
}

const between = (low: Cents | undefined, high: Cents | undefined): Bounds<Cents> | undefined =>
  low === undefined || high === undefined ? undefined : { low, high };

function agentTick(run: PreparedRun, row: RowOf<typeof spec>, bounds: TickBounds | undefined): AgentTick {
  const agent = run.agents[row.agent];
  if (agent === undefined) throw new RangeError(`no agent has the number ${row.agent}`);
  const recorded = run.eventCount > 0;
  const queued = run.recorded.queues || (recorded && run.unnamed.arrivals === 0);
  const queue = (payments: number | undefined, valueCents: Cents | undefined) =>
    queued && payments !== undefined && valueCents !== undefined ? { payments, valueCents } : undefined;
  const isCharged = recorded && run.unnamed.accruals === 0;
  const charged = (parts: PerhapsParts) => (isCharged && isWhole(parts) ? costsOf(parts) : undefined);
  const hasStates = recorded || run.recorded.states;
  const balance = hasStates ? row.balance : undefined;
  return {
    agentId: agent,
    balanceCents: balance,
    bounds,
    lowestSoFarCents: hasStates ? row.lowest : undefined,
    creditUsedCents: balance === undefined ? undefined : shortOfZero(balance),
    postedCollateralCents: hasStates ? row.posted : undefined,
    unsecuredCapCents: row.cap,
    queue1: queue(row.payments1, row.value1),
    queue2: queue(row.payments2, row.value2),
    tickCosts: charged(row),
    costsSoFar: charged({ total: row.totalSoFar, ...byListedCost(({ id }) => row[`${id}SoFar`]) }),
  };
}

/** An accrual that cannot be read leaves no part of its sum. */
const isWhole = (parts: PerhapsParts): parts is CostParts =>
  parts.total !== undefined && listedCosts.every(({ id }) => parts[id] !== undefined);

const zero = cents(0n);
const shortOfZero = (balance: Cents): Cents => (balance < 0n ? subtractCents(zero, balance) : zero);

const mostMoves = 200;
const offsetting = ['LsmBilateralOffset', 'LsmCycleSettlement'];

interface Numbered {
  readonly seq: number;
  readonly move: TickMove;
}

/** Money that moved between agents in a tick, gross: an offset is two moves, a cycle one for each of its members. */
async function readTickMoves(
  engine: Engine,
  run: PreparedRun,
  tick: number,
  signal: AbortSignal | undefined,
): Promise<Pick<TickState, 'moves' | 'moveCount' | 'unreadableMoves'>> {
  const { moves, count } = await readTransfers(engine, run, tick, signal);
  const logged = run.offsets.kind === 'as logged';
  const offsets = logged
    ? await readOffsets(engine, run, tick, signal)
    : await readPlayed(engine, run, tick, signal);
  const all = [...moves, ...offsets].sort((a, b) => a.seq - b.seq);
  return {
    moves: all.slice(0, mostMoves).map(({ move }) => move),
    moveCount: count + offsets.length,
    unreadableMoves: await countUnreadable(engine, run, tick, signal),
  };
}

async function countUnreadable(
  engine: Engine,
  run: PreparedRun,
  tick: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  if (!run.lost.what.has('balance')) return 0;
  const statement = sql`SELECT count(DISTINCT (kind, key)) AS moves FROM ${run.table('lost')}
    WHERE what = 'balance' AND tick = ${tick}`;
  const [row] = await queryRows(engine, statement, { moves: int }, signal);
  return row?.moves ?? 0;
}

const transferSpec = {
  seq: int,
  how: int,
  sender: int,
  receiver: int,
  amount: money,
  txId: nullable(text),
  transfers: int,
};

async function readTransfers(
  engine: Engine,
  run: PreparedRun,
  tick: number,
  signal: AbortSignal | undefined,
): Promise<{ readonly moves: readonly Numbered[]; readonly count: number }> {
  const rows = await queryRows(
    engine,
    sql`SELECT seq, how, t.sender, t.receiver, t.amount, coalesce(a.tx_id, other_tx) AS tx_id, transfers
      FROM (SELECT *, count(*) OVER () AS transfers FROM ${run.table('transfers')}
        WHERE tick = ${tick} AND sender IS NOT NULL AND receiver IS NOT NULL AND amount IS NOT NULL AND NOT unreadable
        ORDER BY seq LIMIT ${mostMoves}) t
      LEFT JOIN ${run.table('arrivals')} a USING (tx) ORDER BY seq`,
    transferSpec,
    signal,
  );
  return { moves: rows.flatMap((row) => numbered(run, row)), count: rows[0]?.transfers ?? 0 };
}

function numbered(run: PreparedRun, row: RowOf<typeof transferSpec>): readonly Numbered[] {
  const kind = ways[row.how];
  const [from, to] = [run.agents[row.sender], run.agents[row.receiver]];
  if (kind === undefined || from === undefined || to === undefined) return [];
  return [{ seq: row.seq, move: { kind, from, to, amountCents: row.amount, txId: row.txId } }];
}

/** Payments that offsetting settled, each whole, as the step played again gives them. */
async function readPlayed(
  engine: Engine,
  run: PreparedRun,
  tick: number,
  signal: AbortSignal | undefined,
): Promise<readonly Numbered[]> {
  const rows = await queryRows(
    engine,
    sql`SELECT o.seq, o.how, a.sender, a.receiver, a.amount, a.tx_id, 0 AS transfers
      FROM ${run.table('offsets')} o JOIN ${run.table('arrivals')} a USING (tx) WHERE o.tick = ${tick} ORDER BY o.seq`,
    transferSpec,
    signal,
  );
  return rows.flatMap((row) => numbered(run, row));
}

async function readOffsets(
  engine: Engine,
  run: PreparedRun,
  tick: number,
  signal: AbortSignal | undefined,
): Promise<readonly Numbered[]> {
  if (!occurs(run, ...offsetting)) return [];
  const rows = await queryRows(
    engine,
    sql`SELECT seq, event_type, details
      FROM (SELECT seq, row_order FROM ${run.table('events')} WHERE tick = ${tick} AND ${kindIn(run, ...offsetting)})
      JOIN (SELECT row_order, event_type, details FROM ${eventsOfRun(run.scope, offsetting)} AND tick = ${tick})
        USING (row_order) ORDER BY seq`,
    { seq: int, eventType: text, details: nullable(text) },
    signal,
  );
  return rows.flatMap(({ seq, eventType, details }) => {
    const fields = objectOf(details);
    if (fields === undefined) return [];
    const moves = eventType === 'LsmCycleSettlement' ? cycle(fields) : bilateral(fields);
    return moves.map((move) => ({ seq, move }));
  });
}

/** All payments from a to b together, and all from b to a. */
function bilateral(details: JsonObject): readonly TickMove[] {
  const [a, b] = [textField(details.agent_a), textField(details.agent_b)];
  const txIds = Array.isArray(details.tx_ids) ? details.tx_ids.map(textField) : [];
  const onlyPair = txIds.length === 2;
  const move = (from: string | undefined, to: string | undefined, key: string, place: number): TickMove[] => {
    const amountCents = centsField(details[key]);
    if (from === undefined || to === undefined || amountCents === undefined) return [];
    const txId = onlyPair ? txIds[place] : undefined;
    return [{ kind: 'bilateral offset', from: agentId(from), to: agentId(to), amountCents, txId }];
  };
  return [...move(a, b, 'amount_a', 0), ...move(b, a, 'amount_b', 1)];
}

/** Each member pays the next; the first stands at the end of the list again. */
function cycle(details: JsonObject): readonly TickMove[] {
  const list = (key: string) => (Array.isArray(details[key]) ? details[key] : []);
  const named = list('agents').flatMap((agent) => textField(agent) ?? []);
  const members = named.length > 1 && named[0] === named.at(-1) ? named.slice(0, -1) : named;
  const amounts = list('tx_amounts').map(centsField);
  const txIds = list('tx_ids').map(textField);
  return members.flatMap((from, i): TickMove[] => {
    const to = members[(i + 1) % members.length];
    const amountCents = amounts[i];
    if (to === undefined || amountCents === undefined) return [];
    return [{ kind: 'cycle', from: agentId(from), to: agentId(to), amountCents, txId: txIds[i] }];
  });
}
