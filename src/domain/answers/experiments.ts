/** What the questions of `queries/` answer with, beside the shapes of `normalised.ts`. */
import type { AgentCosts } from '../costs.ts';
import type { UnreadableEvents } from '../unreadable.ts';
import type { AgentId, ExperimentId, FileId, SimulationId } from '../../lib/ids.ts';
import type {
  LinkedRun,
  Proposal,
  Sample,
  StatedNumbers,
  VerdictCounts,
  RunStatus,
} from '../experiment/normalised.ts';
import type { Cents } from '../../lib/units.ts';

/** Verdicts and proposer of one experiment, for the list. */
export interface ListDetails {
  readonly fileId: FileId;
  readonly experimentId: ExperimentId;
  readonly counts: VerdictCounts;
  /** Proposer models by name; undefined when they were not read (the cheap variant). */
  readonly models: readonly string[] | undefined;
  /** Exchanges whose verdict was not looked for (the cheap variant); 0 when all were. */
  readonly notExamined: number;
}

/** What `experiments.config` says (domain.md 3.7); undefined where it says nothing. */
export interface ExperimentConfig {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly scenarioPath: string | undefined;
  /** Exact digits. */
  readonly masterSeed: string | undefined;
  readonly evaluationMode: string | undefined;
  readonly evaluationTicks: number | undefined;
  /** Recorded in deterministic modes too, where it has no effect. */
  readonly numSamples: number | undefined;
  readonly maxIterations: number | undefined;
  readonly stabilityThreshold: number | undefined;
  readonly stabilityWindow: number | undefined;
  readonly optimizedAgents: readonly AgentId[];
}

/** What the file records for one experiment, and what it does not. */
export interface ExperimentFacts {
  readonly config: ExperimentConfig;
  readonly configText: string;
  readonly recorded: {
    readonly iterations: number;
    readonly evaluations: number;
    /** Before dropping duplicates of one iteration and agent. */
    readonly exchanges: number;
    readonly runs: number;
    readonly simulationEvents: number;
    /** Bootstrap samples behind the evaluations. */
    readonly samples: number;
  };
  readonly models: readonly string[];
  /** The file calls them tokens; they are whitespace-separated words (domain.md 0.10). */
  readonly promptWords: number;
  readonly responseWords: number;
  readonly latencySeconds: number;
  /** Bootstrap runs before 2025-12-18 store the system mean split equally over the agents (domain.md 9.3). */
  readonly costsSplitEqually: boolean;
}

/** Numbers that an evaluation row keeps beside the proposal itself. */
export interface EvaluationExtras {
  readonly mode: string | undefined;
  readonly scenarioSeed: string | undefined;
  /** Cost of this agent in the iteration itself; another seed, so it may differ from the old cost. */
  readonly contextCostCents: Cents | undefined;
}

/** One agent in one iteration. */
export interface AgentIteration {
  readonly agentId: AgentId;
  readonly costCents: Cents | undefined;
  /** What is stored as its cost where that is no whole cents. */
  readonly storedCost: string | undefined;
  /** JSON text as stored. */
  readonly policyInForce: string | undefined;
  readonly proposal: Proposal | undefined;
  readonly proposedPolicy: string | undefined;
  readonly evaluation: EvaluationExtras | undefined;
  /** In the order of their index; empty when the file stores none. */
  readonly samples: readonly Sample[];
  /** Stored entries that are no sample, as stored: means and sums over the others are not those of the evaluation. */
  readonly unreadableSamples: readonly string[];
  readonly hasExchange: boolean;
  /** Texts of exchanges that name this agent and cannot be read. */
  readonly unreadableExchanges: readonly string[];
}

export interface IterationDetail {
  readonly iteration: number;
  readonly previousIteration: number | undefined;
  readonly nextIteration: number | undefined;
  readonly lastIteration: number;
  readonly recordedAt: string | undefined;
  readonly totalCents: Cents | undefined;
  readonly agents: readonly AgentIteration[];
  /** Texts of exchanges that cannot be read and name no agent. */
  readonly unreadableExchanges: readonly string[];
  readonly runs: readonly LinkedRun[];
}

/** One exchange with the proposer, texts as stored. */
export interface Exchange {
  readonly eventId: number;
  readonly systemPrompt: string | undefined;
  readonly userPrompt: string | undefined;
  readonly rawResponse: string | undefined;
  /** JSON text of the policy read from the response. */
  readonly parsedPolicy: string | undefined;
  readonly parsingError: string | undefined;
  readonly model: string | undefined;
  readonly promptWords: number | undefined;
  readonly responseWords: number | undefined;
  readonly latencySeconds: number | undefined;
  /** Older records of the same iteration and agent that were left aside (domain.md 5.1). */
  readonly duplicatesDropped: number;
  /** The whole as stored where it is no JSON, though its end could be read. */
  readonly unreadable?: string;
}

/** What stands around an exchange of one agent; texts were compared inside the engine. */
export interface ExchangeContext {
  /** The turn of this agent before, as far back as was looked. */
  readonly previousIteration: number | undefined;
  readonly systemPrompt: 'unchanged' | 'changed' | 'not compared';
  /** The first of an unbroken row of turns with this system prompt, when it is unchanged. */
  readonly systemPromptSince: number | undefined;
  /** Iterations before this one were not looked at. */
  readonly comparedSince: number;
  /** An earlier turn with the very same prompt and answer: after an exception the last exchange is stored again. */
  readonly sameAs: { readonly iteration: number; readonly agentId: AgentId } | undefined;
  readonly hasNextIteration: boolean;
  /** JSON text of this agent's policy in force in the next iteration. */
  readonly nextPolicy: string | undefined;
}

/**
 * A run outside every experiment, or one whose own row was never written: its numbers are those of its payments then, its
 * days those that have rows.
 */
export interface RunListRow extends StatedNumbers {
  readonly fileId: FileId;
  readonly simulationId: SimulationId;
  /** `orphan`: only its payments or events exist; the process was killed. */
  readonly kind: 'standalone' | 'orphan';
  readonly status: RunStatus;
  readonly configName: string | undefined;
  readonly seed: string | undefined;
  readonly eventCount: number | undefined;
  /** Events that cannot be read, where they were counted: what rests on them is not known, whatever its row says. */
  readonly lostEvents: UnreadableEvents;
  readonly startedAt: string | undefined;
}

/** A number known only to lie between two, both included: cents, or a count. */
export interface Bounds<T> {
  readonly low: T;
  readonly high: T;
}

export interface AgentBalances {
  readonly startCents: Cents;
  readonly endCents: Cents;
  /** Of the start and the end of every tick, as the engine's own daily metrics count; lower within a tick is possible. */
  readonly lowestCents: Cents;
  /** Settlements whose recorded balance before differs from ours: movements that no event tells of. */
  readonly mismatches: number;
}

export interface RunAgent {
  readonly agentId: AgentId;
  /** Undefined when the accruals do not say whose they are, or one cannot be read. */
  readonly costs: AgentCosts | undefined;
  /** Undefined when the events do not allow it. */
  readonly balances: AgentBalances | undefined;
  /** Where it is not known which payments settled: the last and the lowest balance, between what they lie. */
  readonly bounds: { readonly end: Bounds<Cents>; readonly lowest: Bounds<Cents> } | undefined;
}

export interface RunSettlements {
  readonly immediate: number;
  readonly fromQueue2: number;
  /** Settled by bilateral or multilateral offset. */
  readonly offset: number;
  /** Settled out of Queue 2 after an offset, for which the original writes no event (domain.md 7.7). */
  readonly inferred: number;
  /** Split, and settled with the last of its parts. */
  readonly inParts: number;
}

/** One simulation run, recounted from its events. */
export interface RunSummary {
  readonly run: RunFacts | undefined;
  readonly eventCounts: ReadonlyMap<string, number>;
  readonly eventCount: number;
  readonly tickCount: number;
  /** Original payments, here and below; the parts of a split one are not counted. Undefined as settlements are. */
  readonly arrivals: number | undefined;
  /** Undefined where an event that would tell cannot be read. */
  readonly settlements: RunSettlements | undefined;
  /** Payments of which it is not known whether they settled by an offset; not counted above. */
  readonly disputed: number;
  /** Entries into Queue 2, parts included. */
  readonly queued: number;
  /** Overdue at some time, itself or a part of it. */
  readonly overdue: number | undefined;
  /** Of them, those that never settled; disputed ones are not among them. */
  readonly overdueAtEnd: number | undefined;
  readonly disputedOverdue: number;
  /** `undefined`: no payment is known to have settled, or it is not known which did. */
  readonly delay: SettledDelay | undefined;
  readonly agents: readonly RunAgent[];
  /** Undefined where an accrual cannot be read. */
  readonly totalCostCents: Cents | undefined;
  readonly unreadable: UnreadableEvents;
  /** Parts of the penalties: those charged when a payment went overdue, and those at the end of a day. */
  readonly deadlinePenaltyCents: Cents | undefined;
  readonly endOfDayPenaltyCents: Cents | undefined;
}

/** Ticks from arrival to settlement of all settled payments together; a split payment counts once, to its last part. */
export interface SettledDelay {
  readonly ticks: number;
  readonly payments: number;
}

/** The stored row of a run; undefined fields are not recorded. */
export interface RunFacts extends StatedNumbers {
  /** Rows stored for it; all that is said is of the first. */
  readonly rowCount: number;
  /** The experiment it belongs to, if any, and how it was matched to an iteration of it. */
  readonly experimentId: ExperimentId | undefined;
  readonly link: LinkedRun | undefined;
  /** Its part among the runs of its iteration; undefined when it has none. */
  readonly role: 'context' | 'evaluated' | 'sample' | undefined;
  readonly status: RunStatus;
  readonly configName: string | undefined;
  readonly seed: string | undefined;
}
