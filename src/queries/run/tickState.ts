import { int, money, nullable, queryRows, type RowOf } from '../../engine/rows.ts';
import { byListedCost, listedCosts, type ListedCostId } from '../../domain/costs.ts';
import { sql } from '../../lib/sql.ts';
import type { AgentTick, TickState } from '../../domain/answers/runs.ts';
import { cents, subtractCents, type Cents } from '../../lib/units.ts';
import { costsOf, type CostParts } from './runCosts.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { preparedRun } from './prepare/preparedRun.ts';
import type { PreparedRun } from './prepare/prepareRun.ts';
import { readTickMoves } from './tickMoves.ts';

const soFarSpec = Object.fromEntries(listedCosts.map(({ id }) => [`${id}SoFar`, money])) as Readonly<
  Record<`${ListedCostId}SoFar`, typeof money>
>;

const spec = {
  agent: int,
  balance: nullable(money),
  lowest: nullable(money),
  posted: nullable(money),
  cap: nullable(money),
  payments1: int,
  value1: nullable(money),
  payments2: int,
  value2: nullable(money),
  total: money,
  ...byListedCost(() => money),
  totalSoFar: money,
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
    const agents = rows.map((row) => agentTick(run, row));
    return { tick, agents, ...(await readTickMoves(engine, run, tick, signal)) };
  },
});

function agentTick(run: PreparedRun, row: RowOf<typeof spec>): AgentTick {
  const agent = run.agents[row.agent];
  if (agent === undefined) throw new RangeError(`no agent has the number ${row.agent}`);
  const recorded = run.eventCount > 0;
  const queued = run.recorded.queues || (recorded && run.unnamed.arrivals === 0);
  const queue = (payments: number, valueCents: Cents | undefined) =>
    queued && valueCents !== undefined ? { payments, valueCents } : undefined;
  const isCharged = recorded && run.unnamed.accruals === 0;
  const charged = (parts: CostParts) => (isCharged ? costsOf(parts) : undefined);
  const hasStates = recorded || run.recorded.states;
  const balance = hasStates ? row.balance : undefined;
  return {
    agentId: agent,
    balanceCents: balance,
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

const zero = cents(0n);
const shortOfZero = (balance: Cents): Cents => (balance < 0n ? subtractCents(zero, balance) : zero);
