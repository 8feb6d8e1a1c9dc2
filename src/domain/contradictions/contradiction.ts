import type { Conclusion } from '../acceptance/conclude.ts';
import type { AgentId, SimulationId } from '../../lib/ids.ts';
import type { PolicyConflict, StoredJudgement } from '../experiment/normalised.ts';
import type { Cents } from '../../lib/units.ts';

/** What two records disagree about. The codes are stable: links, scripts and reports name them. */
export type ContradictionCode =
  | 'delta-costs'
  | 'samples-count'
  | 'samples-sum'
  | 'samples-old-cost'
  | 'samples-new-cost'
  | 'samples-deviation'
  | 'sample-delta'
  | 'settlement-rate'
  | 'reason-numbers'
  | 'verdict-rules'
  | 'verdict-policy'
  | 'duplicate-evaluation'
  | 'duplicate-iteration'
  | 'iteration-gap'
  | 'iteration-count'
  | 'final-cost'
  | 'best-cost'
  | 'converged-reason'
  | 'run-cost'
  | 'run-events'
  | 'run-seed'
  | 'master-seed'
  | 'scenario-seed';

/** A value that was compared, in its own unit. */
export type ComparedValue =
  | { readonly kind: 'money'; readonly cents: Cents }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'number'; readonly number: number }
  | { readonly kind: 'text'; readonly text: string };

/** What a contradiction is about, by what it is; all undefined: the experiment itself. */
export interface ContradictionSubject {
  readonly iteration?: number | undefined;
  readonly agentId?: AgentId | undefined;
  readonly simulationId?: SimulationId | undefined;
}

/** What the sentence needs beside the two values. */
interface SentenceFacts {
  /** Iterations that are missing, of `first` to `last`. */
  readonly missing?: { readonly iterations: readonly number[]; readonly count: number };
  readonly span?: { readonly first: number; readonly last: number; readonly stored: number };
  readonly rows?: readonly StoredJudgement[];
  readonly totals?: readonly (Cents | undefined)[];
  readonly conclusion?: Extract<Conclusion, { kind: 'contradicts' }>;
  readonly policies?: PolicyConflict;
  readonly reason?: string;
  readonly samples?: number;
  readonly verdict?: 'accepted' | 'rejected';
}

/** Two records of one file that cannot both be right. Plain data; `sentences.ts` says it in words. */
export interface Contradiction {
  readonly code: ContradictionCode;
  readonly subject: ContradictionSubject;
  /** As the file has it. */
  readonly stored: ComparedValue | undefined;
  /** What the other record gives. */
  readonly recomputed: ComparedValue | undefined;
  readonly facts: SentenceFacts;
}

export const moneyValue = (cents: Cents): ComparedValue => ({ kind: 'money', cents });
export const countValue = (count: number): ComparedValue => ({ kind: 'count', count });
export const textValue = (text: string): ComparedValue => ({ kind: 'text', text });
export const numberValue = (number: number): ComparedValue => ({ kind: 'number', number });

/** The verdict of this proposal does not follow from its numbers. */
export function doesNotFollow({ code }: Contradiction): boolean {
  return code === 'verdict-rules';
}
