import { agentRef, double, experimentRef, flag, int, int64, money, text, textTime } from '../columns.ts';
import { centsByName, centsInterval, jsonObject, sampleList } from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';
import { experimentIterations } from './experimentIterations.ts';

export const policyEvaluations = defineTable({
  name: 'policy_evaluations',
  description:
    'The judgement of one proposed policy, accepted or rejected: the home of a rejected proposal. ' +
    'A delta is old - new, so positive means the proposal is cheaper.',
  row: {
    experimentId: experimentRef('The experiment.'),
    iteration: int('Iteration that made the proposal, from 0.'),
    agentId: agentRef('Agent the policy was proposed for.'),
    evaluationMode: text('How it was judged: `bootstrap`, `deterministic`, ...'),
    proposedPolicy: jsonObject('The proposal, complete, whatever became of it.'),
    oldCostCents: money("The agent's cost with its policy in force; with samples the floor of their mean."),
    newCostCents: money('The same with the proposal.'),
    contextSimulationCostCents: money("The agent's cost in the iteration's own run."),
    accepted: flag('The decision.'),
    acceptanceReason: text('The decision in words.'),
    deltaSumCents: money('Sum over samples of old - new.'),
    numSamples: int('Samples compared; 1 when the comparison is of one pair of runs.'),
    sampleDetails: sampleList('One object for each sample; NULL when there was one pair of runs.').optional(),
    scenarioSeed: int64('Seed of the pair of runs; NULL with samples.').optional(),
    timestamp: textTime('When it was judged.'),
    settlementRate: double('Settled share of all payments, 0 to 1.', 'share').optional(),
    avgDelay: double('Mean time from arrival to settlement.', 'ticks').optional(),
    costBreakdown: centsByName('Component to cents, with the proposal.').optional(),
    costStdDevCents: money("Standard deviation (n - 1) of the samples' new costs.").optional(),
    confidenceInterval95: centsInterval(
      '95 % interval of the mean new cost, not of the saving.',
      'confidence_interval_95',
    ).optional(),
    agentStats: jsonObject('Agent to its own numbers with the proposal.').optional(),
  },
  primaryKey: ['experimentId', 'iteration', 'agentId'],
  references: [{ fields: ['experimentId', 'iteration'], to: experimentIterations }],
});

export type PolicyEvaluationRow = RecordOf<typeof policyEvaluations>;
