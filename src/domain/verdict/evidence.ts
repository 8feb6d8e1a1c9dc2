/** What one experiment's file tells about its proposals; the input of `deriveVerdicts.ts`. */
import type { AgentId } from '../../lib/ids.ts';
import type { Json } from '../../lib/json.ts';
import type { Cents } from '../../lib/units.ts';
import type { EvaluationNumbers } from '../experiment/normalised.ts';
import type { UnreadableFields } from '../unreadable.ts';

/** One iteration row. Policies that stand in the same text should be the same objects: comparing is then free. */
export interface IterationEvidence {
  readonly iteration: number;
  /** In force before this iteration's optimisation. */
  readonly policies: ReadonlyMap<AgentId, Json>;
  /** Agents whose `accepted_changes` flag is true; false says nothing (domain.md 0.1). */
  readonly flaggedAccepted: ReadonlySet<AgentId>;
}

interface Concerning {
  readonly iteration: number;
  readonly agentId: AgentId;
}

/** One `policy_evaluations` row. */
export interface EvaluationEvidence extends Concerning, EvaluationNumbers {
  /** Undefined where the row does not tell. */
  readonly accepted: boolean | undefined;
  readonly reason: string | undefined;
  /** Undefined when its text is not JSON. */
  readonly policy: Json | undefined;
  readonly unreadable?: UnreadableFields;
}

/** One `policy_change` or `policy_rejected` event. */
export interface DecisionEvidence extends Concerning {
  readonly eventId: number;
  readonly verdict: 'accepted' | 'rejected' | 'invalid';
  readonly reason: string | undefined;
  readonly policy: Json | undefined;
  readonly oldCostCents: Cents | undefined;
  readonly newCostCents: Cents | undefined;
}

/** One exchange with the proposer (`llm_interaction`). */
export interface ExchangeEvidence extends Concerning {
  readonly eventId: number;
  /** Undefined or null when no policy could be read from the response. */
  readonly policy: Json | undefined;
  readonly parsingError: string | undefined;
}

export interface VerdictEvidence {
  readonly iterations: readonly IterationEvidence[];
  readonly evaluations: readonly EvaluationEvidence[];
  readonly decisions: readonly DecisionEvidence[];
  readonly exchanges: readonly ExchangeEvidence[];
}

/** What is known of the policy that followed. */
export type Following =
  | { readonly kind: 'policy'; readonly policy: Json }
  /** The row exists, the agent is not in it. */
  | { readonly kind: 'vanished' }
  /** Row k + 1 is missing though later rows exist. */
  | { readonly kind: 'gap' }
  | { readonly kind: 'end' };

/** At most one record per iteration and agent. */
type ByIterationAndAgent<T> = ReadonlyMap<number, ReadonlyMap<AgentId, T>>;

interface Recorded extends Concerning {
  readonly eventId?: number;
}

/** Every record of an iteration and agent, in the order given. */
export function allByIterationAndAgent<T extends Recorded>(
  records: readonly T[],
): ByIterationAndAgent<readonly T[]> {
  const found = new Map<number, Map<AgentId, T[]>>();
  for (const record of records) {
    const agents = found.get(record.iteration) ?? new Map<AgentId, T[]>();
    found.set(record.iteration, agents);
    const before = agents.get(record.agentId);
    if (before === undefined) agents.set(record.agentId, [record]);
    else before.push(record);
  }
  return found;
}

/**
 * One record per iteration and agent. Of several events the one with the highest id stands: after an
 * exception the writer stores an exchange again (domain.md 5.1).
 */
export function byIterationAndAgent<T extends Recorded>(records: readonly T[]): ByIterationAndAgent<T> {
  const found = new Map<number, Map<AgentId, T>>();
  for (const record of records) {
    const agents = found.get(record.iteration) ?? new Map<AgentId, T>();
    found.set(record.iteration, agents);
    const before = agents.get(record.agentId);
    if (before === undefined || (record.eventId ?? 0) >= (before.eventId ?? 0)) {
      agents.set(record.agentId, record);
    }
  }
  return found;
}
