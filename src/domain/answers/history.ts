/** What the history of an experiment's policies answers with. */
import type { Json } from '../../lib/json.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { RejectionKind, Verdict } from '../experiment/verdict.ts';

interface EntryStructure {
  /** Everything but the numbers as one text, and the numbers in it in order. */
  readonly outline: {
    readonly shape: string;
    readonly numbers: readonly { readonly name: string; readonly value: number }[];
  };
  /** Numeric parameters by name. */
  readonly parameters: ReadonlyMap<string, number>;
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
  readonly structure: EntryStructure | undefined;
}

export interface PolicyHistory {
  /** By iteration. */
  readonly entries: readonly HistoryEntry[];
  /** Of each agent the policies in force, from the iteration on where they changed. */
  readonly inForceByAgent: ReadonlyMap<
    AgentId,
    readonly { readonly iteration: number; readonly policy: Json }[]
  >;
}
