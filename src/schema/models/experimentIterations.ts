import { experimentRef, int, simulationRef, textTime } from '../columns.ts';
import { centsByAgent, flagByAgent, objectByAgent } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { experiments } from './experiments.ts';
import { simulationRuns } from './simulationRuns.ts';

export const experimentIterations = defineTable({
  name: 'experiment_iterations',
  description:
    'One pass of the loop: the policies in force before its optimisation step, and what they cost. ' +
    'A proposal made in iteration k shows, if accepted, in the row of iteration k + 1.',
  row: {
    experimentId: experimentRef('The experiment.'),
    iteration: int('From 0; row 0 is the baseline.'),
    costsPerAgent: centsByAgent('Agent to cost in cents.'),
    acceptedChanges: flagByAgent("Agent to whether this iteration's proposal was accepted."),
    policies: objectByAgent('Agent to complete policy, optimised agents only.'),
    timestamp: textTime('When the iteration was evaluated.'),
    evaluationSimulationId: simulationRef('The run that gave the costs.').optional(),
  },
  primaryKey: ['experimentId', 'iteration'],
  references: [
    { fields: ['experimentId'], to: experiments },
    { fields: ['evaluationSimulationId'], to: simulationRuns },
  ],
});

export type ExperimentIterationRow = RecordOf<typeof experimentIterations>;
