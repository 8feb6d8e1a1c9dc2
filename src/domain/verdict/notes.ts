/** Records that disagree with each other, and the sentences shown beside the verdict. */
import type { Json } from '../../lib/json.ts';
import type { PolicyConflict } from '../experiment/normalised.ts';
import { samePolicy } from '../policy/policyJson.ts';
import type { ExchangeEvidence, EvaluationEvidence, Following } from './evidence.ts';

export const noCurrentPolicy =
  'This iteration does not record the policy in force, so its change cannot be seen.';

export const verdictNotReadable = 'The evaluation row does not tell whether the proposal was accepted.';

/** Why the outcome of the last known proposal is open; the end of the experiment needs no note. */
export function pendingBecause(kind: 'vanished' | 'gap' | 'end'): string | undefined {
  switch (kind) {
    case 'vanished':
      return 'The next iteration does not record a policy of this agent.';
    case 'gap':
      return 'The next iteration is missing from the file.';
    case 'end':
      return undefined;
  }
}

/** What the policies show instead of the recorded verdict. */
export const conflictWords: Readonly<Record<PolicyConflict, string>> = {
  'changed though rejected': 'Recorded as turned down, yet the next iteration has another policy.',
  'kept though accepted': 'Recorded as accepted, yet the next iteration repeats the old policy.',
  'another policy': 'The policy of the next iteration is not the recorded proposal.',
};

/** An acceptance seen in the policies against the exchange, if there is one. */
export function otherThanProposed(
  exchange: ExchangeEvidence | undefined,
  proposed: Json | undefined,
  next: Json,
): string | undefined {
  if (exchange === undefined) return 'The policy changed; the exchange that proposed it is not recorded.';
  if (proposed === undefined) return 'The recorded response could not be read, yet the policy changed.';
  if (samePolicy(proposed, next)) return undefined;
  return 'The policy of the next iteration is not the recorded proposal; its parameters are shown.';
}

interface Around {
  readonly current: Json | undefined;
  readonly following: Following;
}

/** A recorded verdict against the policies before and after; undefined where they agree or do not tell. */
export function policyConflict(
  { current, following }: Around,
  verdict: 'accepted' | 'rejected' | 'invalid',
  proposed: Json | undefined,
): PolicyConflict | undefined {
  if (current === undefined || following.kind !== 'policy') return undefined;
  const changed = !samePolicy(current, following.policy);
  if (verdict !== 'accepted') return changed ? 'changed though rejected' : undefined;
  if (proposed === undefined || samePolicy(proposed, following.policy)) return undefined;
  return changed ? 'another policy' : 'kept though accepted';
}

/**
 * Of several evaluation rows for one proposal the first is one that the next policy bears out; where that does not
 * single one out, rejected goes before accepted and dearer before cheaper. The order in which a file happens to keep
 * its rows decides nothing, so that every screen takes the same one.
 */
export function inOrderOfTrust(
  rows: readonly EvaluationEvidence[],
  around: Around,
): readonly EvaluationEvidence[] {
  if (rows.length < 2) return rows;
  const conflicts = (row: EvaluationEvidence) =>
    policyConflict(around, row.accepted ? 'accepted' : 'rejected', row.policy) === undefined ? 0 : 1;
  return [...rows].sort(
    (a, b) =>
      Number(a.accepted === undefined) - Number(b.accepted === undefined) ||
      conflicts(a) - conflicts(b) ||
      Number(a.accepted) - Number(b.accepted) ||
      compare(b.newCostCents, a.newCostCents) ||
      compare(a.oldCostCents, b.oldCostCents) ||
      compare(a.deltaSumCents, b.deltaSumCents),
  );
}

/** What is missing goes last. */
function compare(a: bigint | undefined, b: bigint | undefined): number {
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  return a < b ? -1 : a > b ? 1 : 0;
}
