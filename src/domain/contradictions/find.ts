import type { AcceptanceRules } from '../acceptance/rules.ts';
import type { SampleStatistics } from '../acceptance/statistics.ts';
import type { Proposal } from '../experiment/normalised.ts';
import type { Contradiction } from './contradiction.ts';
import { experimentContradictions, type ExperimentRecord } from './experimentRules.ts';
import { proposalContradictions } from './proposalRules.ts';
import { runContradictions, seedContradictions, type RunRecord, type SeedRecord } from './runRules.ts';
import type { SampleSums } from './sampleRules.ts';

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
