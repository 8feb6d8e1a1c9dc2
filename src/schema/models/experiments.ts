import { runPurposes } from '../../lib/ids.ts';
import {
  agentRef,
  double,
  experimentRef,
  flag,
  int,
  int64,
  money,
  oneOf,
  serial,
  simulationRef,
  text,
  textTime,
  timestamp,
} from '../columns.ts';
import {
  centsByAgent,
  centsByName,
  centsInterval,
  flagByAgent,
  jsonObject,
  objectByAgent,
  sampleList,
} from '../jsonColumns.ts';
import { defineTable, type RecordOf } from '../table.ts';

/**
 * Its row is updated once, on completion, while other rows refer to it. DuckDB turns the update of an indexed
 * column into delete and insert and refuses that, so none of the columns below `completedAt` may be indexed.
 */
export const experiments = defineTable({
  name: 'experiments',
  description: 'One run of the optimisation loop.',
  row: {
    experimentId: experimentRef(
      'Unique id, `{name}-{YYYYMMDD}-{HHMMSS}-{6 hex}` unless the caller chose one.',
    ),
    experimentName: text('Display name; several runs of one experiment share it.'),
    experimentType: text('Always `generic` when the loop wrote it.'),
    config: jsonObject('Configuration of the loop: evaluation, convergence, acceptance, optimised agents.'),
    scenarioPath: text('Where the scenario was read from.').optional(),
    masterSeed: int64('Root of every seed of the run.'),
    createdAt: timestamp('When the loop started.'),
    completedAt: timestamp('When it ended; NULL while it runs, or when its process died.').optional(),
    numIterations: int('Iterations evaluated; 0 until completion.').default(0),
    converged: flag('Whether a detector stopped the loop; a spent budget is not convergence.').default(false),
    convergenceReason: text('Why the loop stopped, in words.').optional(),
    finalCostCents: money('Cost of the last iteration, all agents.').optional(),
    bestCostCents: money('Smallest cost of any iteration, all agents.').optional(),
  },
  primaryKey: ['experimentId'],
  indexes: { idx_exp_created: ['createdAt'] },
});

export type ExperimentRow = RecordOf<typeof experiments>;

export const runStatuses = ['running', 'completed', 'failed'] as const;

export const simulationRuns = defineTable({
  name: 'simulation_runs',
  description: 'One simulation, alone or as part of an experiment. Every stored level has this row.',
  row: {
    simulationId: simulationRef(
      '`{experiment_id}-iter{N}-{purpose}[-sample{M}]`, or any name of a run alone.',
    ),
    configName: text('Name of the scenario.'),
    configHash: text('SHA-256 of the scenario as text, or empty.'),
    description: text(
      'Free words; `Iterscope lab, rules N` in a run of the lab, which can be simulated again.',
    ).optional(),
    startTime: timestamp('When the run started.'),
    endTime: timestamp('When it ended.').optional(),
    ticksPerDay: int('Length of a day.', 'ticks'),
    numDays: int('Days simulated.'),
    rngSeed: int64('Seed of this very run.'),
    status: oneOf(runStatuses, '`running`, `completed` or `failed`.'),
    totalTransactions: int('Payments that arrived, parts of split payments not counted.'),
    totalSettlements: int('Of these, settled in full.').optional(),
    totalCostCents: money('Cost of all agents over the whole run.').optional(),
    durationSeconds: double('Wall-clock time of the run.', 'seconds').optional(),
    experimentId: experimentRef('The experiment; NULL for a run alone.').optional(),
    iteration: int(
      'Iteration it belongs to, from 0; of `experiment_iterations`, which may be written later.',
    ).optional(),
    sampleIndex: int('Number of the bootstrap sample, from 0.').optional(),
    runPurpose: oneOf(runPurposes, 'Why it was run; NULL for a run alone.').optional(),
  },
  primaryKey: ['simulationId'],
  indexes: { idx_sim_started: ['startTime'] },
  references: [{ fields: ['experimentId'], to: experiments }],
});

export type SimulationRunRow = RecordOf<typeof simulationRuns>;

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
