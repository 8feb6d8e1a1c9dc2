import { agentRef, int, money, serial, simulationRef, text } from '../columns.ts';
import { defineTable } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const collateralEvents = defineTable({
  name: 'collateral_events',
  description:
    'Collateral decisions. Part of the layout, but not written: `simulation_events` has the same facts.',
  row: {
    id: serial('collateral_events_id_seq', 'Order of writing.'),
    simulationId: simulationRef('The run.'),
    agentId: agentRef('The agent.'),
    tick: int('When.', 'ticks'),
    day: int('Day, from 0.'),
    action: text('`post`, `withdraw` or `hold`.'),
    amountCents: money('Amount posted or withdrawn.'),
    reason: text('Why.'),
    layer: text('`strategic` or `end_of_tick`.'),
    balanceBeforeCents: money('Balance before.'),
    postedCollateralBeforeCents: money('Posted before.'),
    postedCollateralAfterCents: money('Posted after.'),
    availableCapacityAfterCents: money('Still to be posted after.'),
  },
  primaryKey: ['id'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});
