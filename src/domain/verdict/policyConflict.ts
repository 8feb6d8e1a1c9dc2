import type { Json } from '../../lib/json.ts';
import { samePolicy } from '../policy/same.ts';
import type { PolicyConflict } from '../experiment/normalised.ts';
import type { EvaluationEvidence, Following } from './evidence.ts';

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
