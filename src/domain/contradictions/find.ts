import { parseReason, variationOf } from '../acceptance/reasons.ts';
import type { AcceptanceRules } from '../acceptance/rules.ts';
import type { SampleStatistics } from '../acceptance/statistics.ts';
import type { Proposal } from '../experiment/normalised.ts';
import type { Contradiction, ContradictionCode } from './contradiction.ts';
import { experimentContradictions, type ExperimentRecord } from './experimentRules.ts';
import { proposalContradictions, type SampleSums } from './proposalRules.ts';
import { runContradictions, seedContradictions, type RunRecord, type SeedRecord } from './runRules.ts';

/** Everything of one experiment that rules are held against. */
export interface ExperimentRecords {
  readonly experiment: ExperimentRecord;
  readonly proposals: readonly Proposal[];
  readonly rules: AcceptanceRules;
  /** Of one proposal; undefined where none are stored, or they were not read. */
  readonly samplesOf: (proposal: Proposal) => (SampleStatistics & SampleSums) | undefined;
  readonly runs: readonly RunRecord[];
  readonly seeds: readonly SeedRecord[];
}

/** Every contradiction of one experiment, each once: the experiment itself, then by proposal, then by run. */
export function* findContradictions(records: ExperimentRecords): Generator<readonly Contradiction[], void> {
  yield experimentContradictions(records.experiment);
  for (const proposal of records.proposals)
    yield proposalContradictions(proposal, records.rules, records.samplesOf(proposal));
  yield seedContradictions(records.seeds);
  for (const run of records.runs) yield runContradictions(run, records.experiment.evaluationMode);
}

/** How many records of an experiment each rule had something to compare in; a rule that is missing had none. */
export type TestedRecords = ReadonlyMap<ContradictionCode, number>;

/**
 * Counts them: that a rule found nothing says something only where it had something to look at. In the units of
 * `contradictionRules[code].of`.
 */
export function countTested(records: ExperimentRecords): TestedRecords {
  const counts = new Map<ContradictionCode, number>();
  const add = (code: ContradictionCode, isTested: boolean, by = 1): void => {
    if (isTested && by > 0) counts.set(code, (counts.get(code) ?? 0) + by);
  };
  const { experiment, proposals, runs, seeds } = records;
  const stored = new Set(experiment.iterations.map(({ iteration }) => iteration));
  countExperiment(experiment, add);
  for (const proposal of proposals) {
    countProposal(proposal, add);
    countSamples(proposal, records.samplesOf(proposal), add);
    const isRecorded = proposal.verdictSource === 'evaluation row' || proposal.verdictSource === 'event';
    add('verdict-policy', isRecorded && stored.has(proposal.iteration + 1));
  }
  for (const run of runs) countRun(run, experiment.evaluationMode, add);
  add('scenario-seed', true, seeds.length);
  return counts;
}

type Add = (code: ContradictionCode, isTested: boolean, by?: number) => void;

function countExperiment(record: ExperimentRecord, add: Add): void {
  const { iterations, storedFinalCostCents, storedBestCostCents } = record;
  const some = iterations.length > 0;
  add('iteration-gap', some);
  add('duplicate-iteration', some, new Set(iterations.map(({ iteration }) => iteration)).size);
  add('iteration-count', record.completed && record.storedNumIterations !== undefined);
  add('final-cost', storedFinalCostCents !== undefined && iterations.at(-1)?.totalCents !== undefined);
  const areKnown = iterations.every(({ totalCents }) => totalCents !== undefined);
  add('best-cost', storedBestCostCents !== undefined && some && areKnown);
  add('converged-reason', record.storedConverged !== undefined && record.convergenceReason !== undefined);
  add('master-seed', record.storedMasterSeed !== undefined && record.configuredMasterSeed !== undefined);
}

function countProposal(proposal: Proposal, add: Add): void {
  const { deltaSumCents, oldCostCents, newCostCents, settlementRate: rate, reason } = proposal;
  const costs = oldCostCents !== undefined && newCostCents !== undefined;
  add('delta-costs', costs && deltaSumCents !== undefined);
  add('settlement-rate', rate !== undefined || proposal.unreadable?.has('settlementRate') === true);
  add('duplicate-evaluation', proposal.verdictSource === 'evaluation row');
  const kind = reason === undefined ? undefined : parseReason(reason)?.kind;
  add(
    'reason-numbers',
    (kind === 'below_floor' && rate !== undefined) ||
      (kind === 'unstable' && variationOf(proposal) !== undefined),
  );
}

function countSamples(proposal: Proposal, samples: SampleStatistics | undefined, add: Add): void {
  if (samples === undefined) return;
  const { newCostDeviationCents: deviation } = samples;
  add('samples-count', proposal.sampleCount !== undefined);
  add('samples-sum', proposal.deltaSumCents !== undefined);
  add('samples-old-cost', proposal.oldCostCents !== undefined);
  add('samples-new-cost', proposal.newCostCents !== undefined);
  add('samples-deviation', proposal.newCostStdDevCents !== undefined && deviation !== undefined);
  add('sample-delta', true);
}

function countRun(run: RunRecord, mode: string | undefined, add: Add): void {
  const isCompared = mode?.startsWith('deterministic') === true && run.isContext;
  const totals = run.totalCostCents !== undefined && run.iterationTotalCents !== undefined;
  add('run-cost', isCompared && totals);
  add('run-events', run.announcedEvents !== undefined);
  const seeds = run.storedSeed !== undefined && run.storedSeed !== '0' && run.eventSeed !== undefined;
  add('run-seed', seeds);
}
