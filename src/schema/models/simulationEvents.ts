import { agentRef, int, simulationRef, text, timestamp } from '../columns.ts';
import { jsonObject } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { simulationRuns } from './simulationRuns.ts';

export const simulationEvents = defineTable({
  name: 'simulation_events',
  description: 'One thing that happened in a run. Read in order of tick, event_timestamp, rowid.',
  row: {
    eventId: text('`{simulation_id}-event{N}`, N counted from 0 within the run.'),
    simulationId: simulationRef('The run.'),
    tick: int('When it happened, from 0 over the whole run.', 'ticks'),
    day: int('`tick div ticks_per_day`.'),
    eventTimestamp: timestamp('When it was written.'),
    eventType: text('Kind of event (domain.md 7.2).'),
    details: jsonObject('Everything else that the event carries.'),
    agentId: agentRef('Agent, where the event has exactly one.').optional(),
    txId: text('Payment, where the event has exactly one.').optional(),
    createdAt: timestamp('When the row was written.'),
  },
  primaryKey: ['eventId'],
  references: [{ fields: ['simulationId'], to: simulationRuns }],
});

export type SimulationEventRow = RecordOf<typeof simulationEvents>;
