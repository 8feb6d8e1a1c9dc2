import { agentRef, int, money, serial, simulationRef, text } from '../columns.ts';
import { centsByAgent, centsList, textList } from '../jsonColumns.ts';
import { defineTable } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const lsmCycles = defineTable({
  name: 'lsm_cycles',
  description:
    'Offsetting cycles. Part of the layout, but not written: `simulation_events` has the same facts.',
  row: {
    id: serial('lsm_cycles_id_seq', 'Order of writing.'),
    simulationId: simulationRef('The run.'),
    tick: int('When.', 'ticks'),
    day: int('Day, from 0.'),
    cycleType: text('`bilateral` or `multilateral`.'),
    cycleLength: int('Agents in the cycle.'),
    agents: textList('Agents in order of the cycle.'),
    transactions: textList('Payments settled.'),
    settledValueCents: money('Value that moved.'),
    totalValueCents: money('Value of all payments settled.'),
    txAmounts: centsList('Amount of each payment.').optional(),
    netPositions: centsByAgent('Agent to net inflow.').optional(),
    maxNetOutflowCents: money('Largest net outflow.').optional(),
    maxNetOutflowAgent: agentRef('Agent that had it.').optional(),
  },
  primaryKey: ['id'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});
