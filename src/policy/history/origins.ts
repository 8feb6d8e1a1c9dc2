import { isJsonObject, type Json } from '../../lib/json.ts';
import { parameterText } from '../parameterText.ts';
import { numericParameters } from '../parameters.ts';
import { nodeText } from '../tree/nodeText.ts';
import { readPolicy } from '../tree/readPolicy.ts';

/** A policy that came into force: from this iteration on, until the next step. */
export interface TrunkStep {
  readonly iteration: number;
  readonly policy: Json;
}

/** One part of a policy, and the iteration since which it has been in force without a break. */
export interface Origin {
  /** `parameters`, or the name of a tree. */
  readonly place: string;
  readonly text: string;
  /** Undefined: not in the policy in force, so this proposal brings it. */
  readonly since: number | undefined;
}

/** Where each numeric parameter and each node of a policy came from; the trunk is what was in force before it. */
export function originsOf(policy: Json | undefined, trunk: readonly TrunkStep[]): readonly Origin[] {
  const steps = trunk.map((step) => ({
    iteration: step.iteration,
    parts: new Set(partsOf(step.policy).keys()),
  }));
  return [...partsOf(policy)].map(([key, { place, text }]) => {
    let since: number | undefined;
    for (const { iteration, parts } of [...steps].reverse()) {
      if (!parts.has(key)) break;
      since = iteration;
    }
    return { place, text, since };
  });
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
