import { isJsonObject, type Json } from '../../../lib/json.ts';
import { parameterText, numericParameters } from '../parameters.ts';
import { nodeText } from '../tree/policyText.ts';
import { readPolicy } from '../tree/readPolicy.ts';

/** A policy that came into force: from this iteration on, until the next step. */
export interface IterationPolicy {
  readonly iteration: number;
  readonly policy: Json;
}

/** One part of a policy, and the iteration since which it has been in force without a break. */
export interface PartOrigin {
  /** `parameters`, or the name of a tree. */
  readonly place: string;
  readonly text: string;
  /** Undefined: not in the policy in force, so this proposal brings it. */
  readonly since: number | undefined;
  /** It was there as far back as was looked. */
  readonly orEarlier: boolean;
}

/** Policies looked at, the latest: each is taken apart. */
const mostSteps = 500;

/** Where each numeric parameter and each node of a policy came from; `inForce` are those before it. */
export function originsOf(
  policy: Json | undefined,
  inForce: readonly IterationPolicy[],
): readonly PartOrigin[] {
  const parts = partsOf(policy);
  const since = new Map<string, number>();
  const open = new Set(parts.keys());
  const back = inForce.slice(-mostSteps).reverse();
  for (const step of back) {
    if (open.size === 0) break;
    const there = partsOf(step.policy);
    for (const key of open) {
      if (there.has(key)) since.set(key, step.iteration);
      else open.delete(key);
    }
  }
  const isCut = back.length < inForce.length;
  return [...parts].map(([key, { place, text }]) => ({
    place,
    text,
    since: since.get(key),
    orEarlier: isCut && open.has(key),
  }));
}

interface Part {
  readonly place: string;
  readonly text: string;
}

function partsOf(policy: Json | undefined): ReadonlyMap<string, Part> {
  const parts = new Map<string, Part>();
  for (const [name, value] of numericParameters(policy)) {
    parts.set(`parameter ${name} ${value}`, {
      place: 'parameters',
      text: `${name} ${parameterText(name, value)}`,
    });
  }
  if (!isJsonObject(policy)) return parts;
  const { trees, parameters } = readPolicy(policy);
  for (const [place, { nodes }] of trees) {
    for (const node of nodes) {
      // A node stays the same node while only the values of its parameters change.
      parts.set(`node ${place} ${nodeText(node, new Map())}`, { place, text: nodeText(node, parameters) });
    }
  }
  return parts;
}
