import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../lib/json.ts';
import { sql } from '../../lib/sql.ts';
import type { TickMove, TickState } from '../../domain/answers/runs.ts';
import { agentId } from '../../lib/ids.ts';
import { eventsOfRun } from '../read/eventFields.ts';
import { centsField, textField } from '../read/jsonFields.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { ways } from './prepare/settled.ts';
import { kindIn, occurs } from './prepare/tables.ts';

const mostMoves = 200;
const offsetting = ['LsmBilateralOffset', 'LsmCycleSettlement'];

interface Numbered {
  readonly seq: number;
  readonly move: TickMove;
}

/** Money that moved between agents in a tick, gross: an offset is two moves, a cycle one for each of its members. */
export async function readTickMoves(
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
    { seq: int, eventType: text, details: text },
    signal,
  );
  return rows.flatMap(({ seq, eventType, details }) => {
    const parsed = parseJson(details);
    if (!parsed.ok || !isJsonObject(parsed.value)) return [];
    const moves = eventType === 'LsmCycleSettlement' ? cycle(parsed.value) : bilateral(parsed.value);
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
