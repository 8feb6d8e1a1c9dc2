/** What the rejection desk is told about experiments: every proposal, from summary data only. */
import type { AcceptanceRules } from '../acceptance/rules.ts';
import type { ProposalKind } from '../acceptance/kinds.ts';
import type { Miss } from '../acceptance/miss.ts';
import type { AgentIteration } from './experiments.ts';
import type { SampleStatistics } from '../acceptance/sampleStatistics.ts';
import type { AgentId, ExperimentId, FileId } from '../../lib/ids.ts';
import type { Proposal } from '../experiment/normalised.ts';

/** One proposal beside the policy it would have replaced. */
export interface DeskEntry {
  readonly proposal: Proposal;
  readonly kind: ProposalKind;
  /** Distance to the rule that decided. */
  readonly miss: Miss | undefined;
  /** Numeric parameters of the policy in force. */
  readonly inForce: ReadonlyMap<string, number>;
  /** Of the policy in force in the next iteration; undefined where that is not recorded. */
  readonly after: ReadonlyMap<string, number> | undefined;
  /** Parameters of the two that are stored and are no finite number, as stored; `inForce` is absent without a policy. */
  readonly odd: {
    readonly inForce: ReadonlyMap<string, string> | undefined;
    readonly after: ReadonlyMap<string, string>;
  };
}

/** The proposals of one experiment, by iteration, and the rules they were judged by. */
export interface DeskExperiment {
  readonly fileId: FileId;
  readonly experimentId: ExperimentId;
  readonly rules: AcceptanceRules;
  readonly entries: readonly DeskEntry[];
}

/** One proposal with its policies and samples. */
export type ProposalDetail = AgentIteration;

/** What the paired samples of one proposal say of its saving, without the samples. */
export interface SampleSaving extends SampleStatistics {
  readonly experimentId: ExperimentId;
  readonly iteration: number;
  readonly agentId: AgentId;
  /** Samples whose stored delta is not their old minus new cost. */
  readonly wrongDeltas: number;
}
