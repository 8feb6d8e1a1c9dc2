import type { AgentId } from '../lib/ids.ts';
import type { RunSummary } from '../domain/answers/experiments.ts';
import { readRunCounts } from './read/runCounts.ts';
import { readPaymentTally, type PaymentTally } from './run/paymentTally.ts';
import { preparedRun } from './run/prepare/preparedRun.ts';
import { readBalanceBounds, readRunBalances } from './run/runBalances.ts';
import { readSettledDelay } from './run/runDelay.ts';
import { noCosts, readAgentsWithUnreadableCost, readRunCosts, readTotalCost } from './run/runCosts.ts';
import { defineQuery } from './query.ts';
import type { RunScope } from './scope.ts';

/** One run recounted from its events; undefined when the file knows no such run. */
export const runSummary = defineQuery({
  name: 'runSummary',
  scope: 'run',
  async run(engine, params: RunScope, signal): Promise<RunSummary | undefined> {
    const run = await preparedRun(engine, params);
    // Of a run that left payments alone there is nothing to recount.
    if (run === undefined || (run.facts === undefined && run.eventCount === 0)) return undefined;
    const lost = run.lost.what;
    const counts = await readRunCounts(engine, params, signal);
    const costs = await readRunCosts(engine, run, signal);
    const balances = await readRunBalances(engine, run, signal);
    const bounds = await readBalanceBounds(engine, run, signal);
    const costUnknown = await readAgentsWithUnreadableCost(engine, run, signal);
    const costOf = (agentId: AgentId) =>
      costUnknown.has(agentId)
        ? undefined
        : (costs.get(agentId) ?? (run.unnamed.accruals === 0 ? noCosts : undefined));
    const total = await readTotalCost(engine, run, signal);
    const tally = (await readPaymentTally(engine, run, signal)) ?? tallyOfEvents(counts.eventCounts);
    const agents = new Set<AgentId>([...balances.keys(), ...bounds.keys(), ...costs.keys()]);
    return {
      run: run.facts,
      ...counts,
      ...tally,
      ...(lost.has('arrivals') ? { arrivals: undefined, overdue: undefined } : {}),
      ...(lost.has('settlements')
        ? { settlements: undefined, delay: undefined, overdueAtEnd: undefined }
        : { delay: tally.disputed > 0 ? undefined : await readSettledDelay(engine, run, signal) }),
      ...(lost.has('deadline penalty') ? { deadlinePenaltyCents: undefined } : {}),
      ...(lost.has('end-of-day penalty') ? { endOfDayPenaltyCents: undefined } : {}),
      agents: [...agents].map((agentId) => ({
        agentId,
        costs: costOf(agentId),
        balances: balances.get(agentId),
        bounds: bounds.get(agentId),
      })),
      totalCostCents: lost.has('cost') ? undefined : total.totalCents,
      unreadable: run.lost.events,
    };
  },
});

/** Where events do not name their payments: each event counts, and what is a part of what is not known. */
function tallyOfEvents(counts: ReadonlyMap<string, number>): PaymentTally {
  const of = (type: string) => counts.get(type) ?? 0;
  return {
    arrivals: of('Arrival'),
    settlements: {
      immediate: of('RtgsImmediateSettlement'),
      fromQueue2: of('Queue2LiquidityRelease'),
      offset: 0,
      inferred: 0,
      inParts: 0,
    },
    overdue: of('TransactionWentOverdue'),
    overdueAtEnd: of('TransactionWentOverdue'),
    disputed: 0,
    disputedOverdue: 0,
  };
}
