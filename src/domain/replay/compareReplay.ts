/** What is stored about a run beside its events, against what the events alone give (INV-6). */
import type {
  AgentQueueSnapshotRow,
  DailyAgentMetricsRow,
  TransactionRow,
  TickAgentStateRow,
  TickQueueSnapshotRow,
} from '../../schema/models/checkedTables.ts';
import type { SimulationRunRow } from '../../schema/models/experiments.ts';
import { addCents, cents } from '../../lib/units.ts';
import type { StoredEvent } from './details.ts';
import { startReplay } from './replay.ts';
import { queue2Order, type ReplayedAgent, type ReplayOpening, type ReplayState } from './replayState.ts';
import { mismatch, type Violation } from '../answers/resimulation.ts';

/** Everything stored about one run beside its events; tables that its level leaves out are empty. */
export interface StoredTotals {
  readonly run: Pick<SimulationRunRow, 'totalTransactions' | 'totalSettlements' | 'totalCostCents'>;
  readonly transactions: readonly TransactionRow[];
  readonly dailyMetrics: readonly DailyAgentMetricsRow[];
  readonly endOfDayQueues: readonly AgentQueueSnapshotRow[];
  readonly tickAgentStates: readonly TickAgentStateRow[];
  readonly tickQueues: readonly TickQueueSnapshotRow[];
}

export interface StoredRunRows extends StoredTotals {
  readonly events: readonly StoredEvent[];
}

/** A comparison under way, for events that come in blocks. */
export interface RunningCheck {
  readonly see: (event: StoredEvent) => void;
  readonly finish: () => readonly Violation[];
}

type Check = (what: string, stored: unknown, replayed: unknown) => void;

function groupBy<Row>(rows: readonly Row[], key: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group === undefined) groups.set(key(row), [row]);
    else group.push(row);
  }
  return groups;
}

function inOrder(rows: readonly { readonly position: number; readonly txId: string }[]): string {
  return rows
    .toSorted((a, b) => a.position - b.position)
    .map((row) => `${row.position}:${row.txId}`)
    .join(' ');
}

const numbered = (ids: Iterable<string>) => [...ids].map((txId, position) => ({ position, txId }));

function checkAgentTick(check: Check, row: TickAgentStateRow, agent: ReplayedAgent, before: bigint): void {
  check('balance', row.balanceCents, agent.balance);
  check('balance change', row.balanceChangeCents, agent.balance - before);
  check('posted collateral', row.postedCollateralCents, agent.postedCollateral);
  check('liquidity cost', row.liquidityCostCents, agent.costs.liquidity);
  check('delay cost', row.delayCostCents, agent.costs.delay);
  check('collateral cost', row.collateralCostCents, agent.costs.collateral);
  check('penalty cost', row.penaltyCostCents, agent.costs.penalty);
  check('split friction', row.splitFrictionCostCents, agent.costs.splitFriction);
  check('liquidity cost of the tick', row.liquidityCostDeltaCents, agent.tickCosts.liquidity);
  check('delay cost of the tick', row.delayCostDeltaCents, agent.tickCosts.delay);
  check('collateral cost of the tick', row.collateralCostDeltaCents, agent.tickCosts.collateral);
  check('penalty cost of the tick', row.penaltyCostDeltaCents, agent.tickCosts.penalty);
  check('split friction of the tick', row.splitFrictionCostDeltaCents, agent.tickCosts.splitFriction);
}

function checkDay(check: Check, row: DailyAgentMetricsRow, agent: ReplayedAgent): void {
  check('closing balance', row.closingBalanceCents, agent.balance);
  check('closing collateral', row.closingPostedCollateralCents, agent.postedCollateral);
  check('queue 1 at the end of the day', row.queue1EodSize, agent.queue1.size);
  check('liquidity cost of the day', row.liquidityCostCents, agent.dayCosts.liquidity);
  check('delay cost of the day', row.delayCostCents, agent.dayCosts.delay);
  check('collateral cost of the day', row.collateralCostCents, agent.dayCosts.collateral);
  check('split friction of the day', row.splitFrictionCostCents, agent.dayCosts.splitFriction);
  check('penalties of the day', row.deadlinePenaltyCostCents, agent.dayCosts.penalty);
  check('total cost of the day', row.totalCostCents, agent.dayCosts.total);
}

function checkTotals(check: Check, stored: StoredTotals, state: ReplayState): void {
  const agents = [...state.agents.values()];
  const sum = (of: (agent: ReplayedAgent) => number) => agents.reduce((total, agent) => total + of(agent), 0);
  const cost = agents.reduce((total, agent) => addCents(total, agent.costs.total), cents(0n));
  check(
    'arrivals',
    stored.run.totalTransactions,
    sum((agent) => agent.arrivals),
  );
  check(
    'settlements',
    stored.run.totalSettlements,
    sum((agent) => agent.settlements),
  );
  check('total cost', stored.run.totalCostCents, cost);
  if (stored.transactions.length === 0) return;
  check('payments', stored.transactions.length, state.payments.size);
  for (const row of stored.transactions) {
    const payment = state.payments.get(row.txId);
    check(`payment ${row.txId}: amount`, row.amountCents, payment?.amount);
    check(`payment ${row.txId}: sender`, row.senderId, payment?.sender);
    check(`payment ${row.txId}: receiver`, row.receiverId, payment?.receiver);
    check(`payment ${row.txId}: part of`, row.parentTxId, payment?.parent);
    const settlement = state.settlements.get(row.txId);
    check(`payment ${row.txId}: settled`, row.status === 'settled', settlement !== undefined);
    check(`payment ${row.txId}: settlement tick`, row.settlementTick, settlement?.tick);
  }
}

/**
 * Compares balances, queues and costs of every stored tick and day, the payments and the totals with what the
 * events give as they come. At most `limit` violations are listed: one wrong balance makes every later one
 * wrong too.
 */
export function startReplayCheck(
  subject: string,
  opening: ReplayOpening,
  stored: StoredTotals,
  limit = 20,
): RunningCheck {
  const violations: Violation[] = [];
  const checkAt =
    (where: string, table: string, tick?: number): Check =>
    (what, expected, actual) => {
      if (expected === actual) return;
      violations.push({
        invariant: 'INV-6',
        subject,
        message: `${where}: ${mismatch(what, expected, actual)}`,
        tick,
        table,
      });
    };
  const states = groupBy(stored.tickAgentStates, (row) => row.tick.toString());
  const queues = groupBy(stored.tickQueues, (row) => `${row.tick} ${row.queueType}`);
  const days = groupBy(stored.dailyMetrics, (row) => row.day.toString());
  const eod = groupBy(stored.endOfDayQueues, (row) => `${row.day} ${row.agentId}`);
  const before = new Map<string, bigint>();

  const replay = startReplay(subject, opening, (tick, replayed) => {
    for (const row of states.get(tick.toString()) ?? []) {
      const agent = replayed.agents.get(row.agentId);
      const check = checkAt(`tick ${tick}, ${row.agentId}`, 'tick_agent_states', tick);
      if (agent === undefined) check('agent', row.agentId, undefined);
      else checkAgentTick(check, row, agent, before.get(row.agentId) ?? 0n);
    }
    for (const [id, { balance }] of replayed.agents) before.set(id, balance);
    if (stored.tickAgentStates.length > 0) {
      const own = groupBy(queues.get(`${tick} queue1`) ?? [], (row) => row.agentId);
      for (const [id, agent] of replayed.agents) {
        checkAt(`tick ${tick}, ${id}`, 'tick_queue_snapshots', tick)(
          'queue 1',
          inOrder(own.get(id) ?? []),
          inOrder(numbered(agent.queue1)),
        );
      }
      const central = inOrder(queues.get(`${tick} rtgs`) ?? []);
      checkAt(`tick ${tick}`, 'tick_queue_snapshots', tick)(
        'queue 2',
        central,
        inOrder(numbered(queue2Order(replayed))),
      );
    }
    if ((tick + 1) % opening.ticksPerDay !== 0) return;
    const day = Math.floor(tick / opening.ticksPerDay);
    for (const row of days.get(day.toString()) ?? []) {
      const agent = replayed.agents.get(row.agentId);
      const check = checkAt(`day ${day}, ${row.agentId}`, 'daily_agent_metrics', tick);
      if (agent === undefined) check('agent', row.agentId, undefined);
      else {
        checkDay(check, row, agent);
        const left = (eod.get(`${day} ${row.agentId}`) ?? []).map(({ position, transactionId: txId }) => ({
          position,
          txId,
        }));
        check('queue 1 at the end of the day', inOrder(left), inOrder(numbered(agent.queue1)));
      }
    }
  });
  return {
    see: replay.see,
    finish() {
      const { violations: claims, state } = replay.finish();
      violations.push(...claims);
      checkTotals(checkAt('whole run', 'simulation_runs, transactions'), stored, state);
      return violations.slice(0, limit);
    },
  };
}

/** The same over events that are all at hand. */
export function checkRunByReplay(
  subject: string,
  opening: ReplayOpening,
  stored: StoredRunRows,
  limit?: number,
): readonly Violation[] {
  const check = startReplayCheck(subject, opening, stored, limit);
  for (const event of stored.events) check.see(event);
  return check.finish();
}
