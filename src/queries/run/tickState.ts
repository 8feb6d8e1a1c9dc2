import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows, type RowOf } from '../../engine/rows.ts';
import { byListedCost, listedCosts, type ListedCostId } from '../../domain/costs.ts';
import { sql } from '../../lib/sql.ts';
import type { Bounds } from '../../domain/answers/experiments.ts';
import type { AgentTick, TickBounds, TickState } from '../../domain/answers/runs.ts';
import { cents, subtractCents, type Cents } from '../../lib/units.ts';
import { costsOf, type CostParts } from './runCosts.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { preparedRun } from './prepare/preparedRun.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { readTickMoves } from './tickMoves.ts';

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
