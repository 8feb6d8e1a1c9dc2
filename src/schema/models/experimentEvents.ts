import { experimentRef, int, serial, text, textTime } from '../columns.ts';
import { jsonObject } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { experiments } from './experiments.ts';

export const experimentEvents = defineTable({
  name: 'experiment_events',
  description: 'What happened in the loop: evaluations, exchanges with the proposer, simulation runs.',
  row: {
    id: serial('experiment_events_id_seq', 'Order of writing, over the whole file.'),
    experimentId: experimentRef('The experiment.'),
    iteration: int('From 0; an `iteration` inside the data may count from 1.'),
    eventType: text('`evaluation`, `llm_interaction`, `simulation_run` or another word.'),
    eventData: jsonObject('Content of the event.'),
    timestamp: textTime('When it happened.'),
  },
  primaryKey: ['id'],
  references: [{ fields: ['experimentId'], to: experiments }],
});

export type ExperimentEventRow = RecordOf<typeof experimentEvents>;
