import { agentRef, int, money, simulationRef } from '../columns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const dailyAgentMetrics = defineTable({
  name: 'daily_agent_metrics',
  description:
    'One agent on one day of a run. `total_cost` includes the liquidity opportunity cost, which has no column: ' +
    'it is the total less the five costs listed.',
  row: {
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    day: int('From 0.'),
    openingBalanceCents: money('Balance at the start of the day.'),
    closingBalanceCents: money('Balance at its end.'),
    minBalanceCents: money('Lowest balance at the end of a tick.'),
    maxBalanceCents: money('Highest balance at the end of a tick.'),
    unsecuredCapCents: money('Overdraft allowed without collateral.'),
    peakOverdraftCents: money('Deepest overdraft, as a positive number.'),
    openingPostedCollateralCents: money('Collateral posted at the start.'),
    closingPostedCollateralCents: money('Collateral posted at the end.'),
    peakPostedCollateralCents: money('Most collateral posted.'),
    collateralCapacityCents: money('Most that could be posted.'),
    numCollateralPosts: int('Times collateral was posted.'),
    numCollateralWithdrawals: int('Times collateral was withdrawn.'),
    numArrivals: int('Payments that arrived at this agent to be sent.'),
    numSent: int('Payments it sent that settled.'),
    numReceived: int('Payments it received.'),
    numSettled: int('Of those that arrived, settled.'),
    numDropped: int('Dropped by its policy.'),
    queue1PeakSize: int('Most payments in its own queue.'),
    queue1EodSize: int('Payments in its own queue at the end of the day.'),
    liquidityCostCents: money('Overdraft cost.'),
    delayCostCents: money('Delay cost.'),
    collateralCostCents: money('Collateral cost.'),
    splitFrictionCostCents: money('Cost of splitting.'),
    deadlinePenaltyCostCents: money('Deadline and end-of-day penalties.'),
    totalCostCents: money('All costs of the day.'),
  },
  primaryKey: ['simulationId', 'agentId', 'day'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type DailyAgentMetricsRow = RecordOf<typeof dailyAgentMetrics>;
