import { diffPolicies } from '../../domain/policy/diff/diffPolicies.ts';
import type { PolicyDiff } from '../../domain/policy/diff/changes.ts';
import { type StoredPolicy, readPolicyText } from '../../domain/policy/tree/readPolicy.ts';

/** One of the two policies, as stored. */
export interface PolicySide {
  /** "In force", "BANK_A, iteration 3, proposed". */
  readonly label: string;
  /** JSON text; undefined where none is stored. */
  readonly text: string | undefined;
}

export interface ReadSide extends PolicySide {
  readonly policy: StoredPolicy | undefined;
  /** Why there is no policy, in words. */
  readonly problem: string | undefined;
}

const nothing: StoredPolicy = { parameters: new Map(), trees: new Map(), others: new Map() };

export interface ComparedPolicies {
  readonly before: ReadSide;
  readonly after: ReadSide;
  /** Against nothing where one side is missing, which `problem` then says. */
  readonly diff: PolicyDiff;
}

export function compareSides(before: PolicySide, after: PolicySide): ComparedPolicies {
  const [old, now] = [readSide(before), readSide(after)];
  return { before: old, after: now, diff: diffPolicies(old.policy ?? nothing, now.policy ?? nothing) };
}

function readSide(side: PolicySide): ReadSide {
  if (side.text === undefined) return { ...side, policy: undefined, problem: 'no policy is stored' };
  const read = readPolicyText(side.text);
  return read.ok
    ? { ...side, policy: read.value, problem: undefined }
    : { ...side, policy: undefined, problem: `the stored text is no policy: ${read.error}` };
}
