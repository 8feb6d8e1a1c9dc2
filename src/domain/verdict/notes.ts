/** Sentences for records that disagree with each other; shown beside the verdict. */
import type { Json } from '../../lib/json.ts';
import { samePolicy } from '../policy/same.ts';
import type { PolicyConflict } from '../experiment/normalised.ts';
import type { ExchangeEvidence } from './evidence.ts';

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
