/** What the rejection desk is told about experiments: every proposal, from summary data only. */
import type { PolicyStructure } from '../policy/history/repeats.ts';
import type { AgentId, ExperimentId, FileId } from '../../lib/ids.ts';
import type { Json } from '../../lib/json.ts';
import type { Miss } from '../acceptance/reasons.ts';
import type { AcceptanceRules } from '../acceptance/rules.ts';
import type { SampleStatistics } from '../acceptance/statistics.ts';
import type { Proposal } from '../experiment/normalised.ts';
import type { ProposalKind, RejectionKind, Verdict } from '../experiment/verdict.ts';
import type { AgentIteration } from './experiments.ts';

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

/** One proposal and what it builds. */
export interface HistoryEntry {
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly verdict: Verdict;
  readonly rejectionKind: RejectionKind | undefined;
  readonly reason: string | undefined;
  /** Undefined where no policy could be read. */
  readonly policy: Json | undefined;
  /** The policy taken apart for comparing, names of policies and nodes left out. */
  readonly structure: PolicyStructure | undefined;
}

/** What the history of an experiment's policies answers with. */
export interface PolicyHistory {
  /** By iteration. */
  readonly entries: readonly HistoryEntry[];
  /** Of each agent the policies in force, from the iteration on where they changed. */
  readonly inForceByAgent: ReadonlyMap<
    AgentId,
    readonly { readonly iteration: number; readonly policy: Json }[]
  >;
}
