import { agentRef, int, money, simulationRef } from '../columns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const tickAgentStates = defineTable({
  name: 'tick_agent_states',
  description: 'One agent at the end of one tick. Written at level `full`.',
  row: {
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    tick: int('The tick, from 0 over the whole run.', 'ticks'),
    day: int('`tick div ticks_per_day`.'),
    balanceCents: money('Balance at the end of the tick.'),
    balanceChangeCents: money('Change since the tick before; at tick 0 the whole balance.'),
    unsecuredCapCents: money('Overdraft allowed without collateral.'),
    postedCollateralCents: money('Collateral posted.'),
    liquidityCostCents: money('Overdraft cost so far.'),
    delayCostCents: money('Delay cost so far.'),
    collateralCostCents: money('Collateral cost so far.'),
    penaltyCostCents: money('Penalties so far.'),
    splitFrictionCostCents: money('Cost of splitting so far.'),
    liquidityCostDeltaCents: money('Overdraft cost of this tick.'),
    delayCostDeltaCents: money('Delay cost of this tick.'),
    collateralCostDeltaCents: money('Collateral cost of this tick.'),
    penaltyCostDeltaCents: money('Penalties of this tick.'),
    splitFrictionCostDeltaCents: money('Cost of splitting in this tick.'),
  },
  primaryKey: ['simulationId', 'agentId', 'tick'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type TickAgentStateRow = RecordOf<typeof tickAgentStates>;
