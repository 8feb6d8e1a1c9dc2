import type { JsonObject } from '../../../lib/json.ts';
import type { StoredPolicy } from '../tree/policyTree.ts';
import { readPolicy, readPolicyText } from '../tree/readPolicy.ts';

/** A policy as JSON text, parsed, or read already; undefined where none is stored or could be read. */
export type PolicyInput = string | JsonObject | StoredPolicy | undefined;

/** Reads whatever is given; undefined for what is no policy. */
export function policyOf(input: PolicyInput): StoredPolicy | undefined {
  if (input === undefined) return undefined;
  if (typeof input === 'string') {
    const read = readPolicyText(input);
    return read.ok ? read.value : undefined;
  }
  return isStored(input) ? input : readPolicy(input);
}

function isStored(input: JsonObject | StoredPolicy): input is StoredPolicy {
  return input.trees instanceof Map;
}
