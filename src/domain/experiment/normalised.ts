/**
 * The one shape that every dialect becomes (docs/architecture.md). `catalog/` fills it, everything above
 * reads nothing else. `undefined` means "this file does not record it", never zero.
 */
import type { AgentId, ExperimentId, FileId, SimulationId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import type { UnreadableFields } from '../unreadable.ts';
import type { RejectionKind, Verdict, VerdictSource } from './verdict.ts';

/** The layouts that open (domain.md 3.8). */
export type Dialect = 'A1' | 'A2' | 'B-V2' | 'B-V3' | 'B-V4' | 'B-V5' | 'simulation-only';

/** One run of the optimisation loop, with what the list shows. */
export interface ExperimentSummary {
  readonly fileId: FileId;
  readonly experimentId: ExperimentId;
  readonly name: string;
  readonly status: ExperimentStatus;
  /** Stored words and flags, for the note beside an honest status. */
  readonly storedConverged: boolean | undefined;
  readonly convergenceReason: string | undefined;
  readonly evaluationMode: string | undefined;
  readonly numSamples: number | undefined;
  readonly masterSeed: string | undefined;
  /** `experiments.config` as stored. */
  readonly configText: string | undefined;
  /** Rows stored; the loop's own counter is `storedNumIterations`, 0 until completion. */
  readonly iterationCount: number;
  readonly storedNumIterations: number | undefined;
  readonly firstCostCents: Cents | undefined;
  readonly finalCostCents: Cents | undefined;
  readonly bestCostCents: Cents | undefined;
  readonly storedFinalCostCents: Cents | undefined;
  readonly storedBestCostCents: Cents | undefined;
  /** Naive local time of the machine that ran, as stored (no zone). */
  readonly startedAt: string | undefined;
  readonly completedAt: string | undefined;
  /** Total cost of at most 60 iterations, thinned by min/max; for a picture only. */
  readonly sparklineCents: readonly (Cents | undefined)[];
  /** Iterations of which a cost is stored that cannot be read. */
  readonly unreadableCosts: number;
  /** Rows of iterations that have lost their number, or may be of this experiment and have lost its id. */
  readonly unplacedRows: number;
  /** Fields of the experiment's own row; left out where every one of them was read. */
  readonly unreadable?: UnreadableFields;
}

/** Verdicts of one experiment, counted. */
export interface VerdictCounts {
  readonly accepted: number;
  readonly rejected: number;
  readonly noChange: number;
  readonly invalid: number;
  readonly pending: number;
}

/** One iteration: the policies in force before its optimisation, and what they cost. */
export interface IterationRow {
  readonly iteration: number;
  readonly costsCents: ReadonlyMap<AgentId, Cents>;
  /** Costs that are stored and are no whole cents, as stored. */
  readonly unreadableCosts: ReadonlyMap<AgentId, string>;
  /** Sum over agents; undefined when any agent's cost is missing or not an integer. */
  readonly totalCents: Cents | undefined;
  /** Numeric parameters of each agent's policy in force. */
  readonly parameters: ReadonlyMap<AgentId, ReadonlyMap<string, number>>;
  /** Parameters of each agent's policy in force that are stored and are no finite number, as stored. */
  readonly unreadableParameters: ReadonlyMap<AgentId, ReadonlyMap<string, string>>;
}

/** What the evaluation of a proposal found. */
export interface EvaluationNumbers {
  readonly oldCostCents: Cents | undefined;
  readonly newCostCents: Cents | undefined;
  /** Sum over samples of old - new; positive = the proposal is cheaper. */
  readonly deltaSumCents: Cents | undefined;
  readonly sampleCount: number | undefined;
  /** Share of payments settled, 0..1, system-wide. */
  readonly settlementRate: number | undefined;
  readonly newCostStdDevCents: Cents | undefined;
  /** Stored 95 % interval of the mean NEW cost, not of the saving. */
  readonly newCostIntervalCents: readonly [Cents, Cents] | undefined;
}

/** One proposed policy of one agent in one iteration, judged. */
export interface Proposal extends EvaluationNumbers {
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly verdict: Verdict;
  readonly verdictSource: VerdictSource;
  /** Set for rejected proposals only. */
  readonly rejectionKind: RejectionKind | undefined;
  /** Stored words: acceptance reason, rejection reason or parse error. */
  readonly reason: string | undefined;
  /** Numeric parameters of the proposal; empty when no policy could be read. */
  readonly parameters: ReadonlyMap<string, number>;
  /** Where two records disagree, what was found; one sentence. */
  readonly note?: string;
  /** Of an invalid proposal: whether there was nothing to parse, or a parsed policy failed validation. */
  readonly invalidBecause?: 'not parsed' | 'failed validation';
  /** A recorded verdict that the policy of the next iteration does not bear out. */
  readonly policyConflict?: PolicyConflict;
  /** Further evaluation rows of the same iteration and agent: the writers store one. */
  readonly otherRows?: readonly StoredJudgement[];
  /** Fields that are stored and cannot be read; left out where there are none. */
  readonly unreadable?: UnreadableFields;
  /** Parameters of the proposed policy that are stored and are no finite number; left out where there are none. */
  readonly unreadableParameters?: ReadonlyMap<string, string>;
}

export type PolicyConflict = 'changed though rejected' | 'kept though accepted' | 'another policy';

/** What one evaluation row says of a proposal. */
export interface StoredJudgement {
  readonly accepted: boolean;
  readonly reason: string | undefined;
  readonly oldCostCents: Cents | undefined;
  readonly newCostCents: Cents | undefined;
  /** Sum over samples of old - new; positive = the proposal is cheaper. */
  readonly deltaSumCents: Cents | undefined;
}

/** One bootstrap sample of a proposal: the same payments played with the old and the new policy. */
export interface Sample {
  readonly index: number;
  /** Exact digits. */
  readonly seed: string;
  readonly oldCostCents: Cents;
  readonly newCostCents: Cents;
  /** Old - new; positive = the proposal is cheaper. */
  readonly deltaCents: Cents;
}

/** How a simulation run was matched to its iteration, in order of trust (domain.md 3.6). */
export type RunLink = 'column' | 'event' | 'seed' | 'id' | 'order' | 'none';

/** Numbers of a run as its row states them. */
export interface StatedNumbers {
  readonly ticksPerDay: number | undefined;
  readonly dayCount: number | undefined;
  readonly arrivals: number | undefined;
  readonly settlements: number | undefined;
  readonly totalCostCents: Cents | undefined;
}

export interface LinkedRun extends StatedNumbers {
  readonly simulationId: SimulationId;
  readonly iteration: number | undefined;
  readonly linkedBy: RunLink;
  readonly purpose: string | undefined;
  readonly sampleIndex: number | undefined;
  /** The true seed (that of the `simulation_run` event where the row stores 0). */
  readonly seed: string | undefined;
  readonly status: string | undefined;
}

/** Everything the experiment page draws. Policies and exchanges are read one at a time, elsewhere. */
export interface ExperimentDetail {
  readonly agents: readonly AgentId[];
  readonly iterations: readonly IterationRow[];
  readonly proposals: readonly Proposal[];
  readonly runs: readonly LinkedRun[];
}

/** How an experiment ended, in honest words: the stored `converged` is true on a spent budget too. */
export const experimentStatuses = ['unfinished', 'converged', 'budget_exhausted', 'stopped'] as const;
export type ExperimentStatus = (typeof experimentStatuses)[number];

/** The rule of domain.md 9.2. `completedAt` undefined means running, or the process died. */
export function deriveStatus(stored: {
  readonly completedAt: string | undefined;
  readonly converged: boolean | undefined;
  readonly convergenceReason: string | undefined;
}): ExperimentStatus {
  if (stored.completedAt === undefined) return 'unfinished';
  if (stored.convergenceReason?.startsWith('Max iterations') === true) return 'budget_exhausted';
  return stored.converged === true ? 'converged' : 'stopped';
}

/** How a simulation run ended. A row that says `running` in a file at rest was never finished. */
export type RunStatus = 'completed' | 'failed' | 'unfinished' | 'not recorded';

export function deriveRunStatus(stored: string | undefined): RunStatus {
  if (stored === 'completed' || stored === 'failed') return stored;
  return stored === 'running' ? 'unfinished' : 'not recorded';
}

/** The loop counted iterations and no row of one was read: their number is unknown, not 0. */
export function areIterationsUnread(summary: {
  readonly iterationCount: number;
  readonly storedNumIterations: number | undefined;
}): boolean {
  return summary.iterationCount === 0 && (summary.storedNumIterations ?? 0) > 0;
}

/** What kind of file a dialect is, for people (domain.md 3.8). */
export const dialectWords: Readonly<Record<Dialect, string>> = {
  A1: 'unified schema',
  A2: 'unified schema, experiments only',
  'B-V2': 'run_id layout V2: no evaluations, no runs',
  'B-V3': 'run_id layout V3: no runs',
  'B-V4': 'run_id layout V4: no runs',
  'B-V5': 'run_id layout V5',
  'simulation-only': 'simulation runs',
};
