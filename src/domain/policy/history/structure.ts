import { isJsonObject, type Json } from '../../../lib/json.ts';
import { similarity as outlineSimilarity, policyOutline, type PolicyOutline } from '../diff/nearlySame.ts';
import { numericParameters } from '../parameters.ts';

/** A policy taken apart for comparing, and its numeric parameters. */
export interface PolicyStructure {
  readonly outline: PolicyOutline;
  readonly parameters: ReadonlyMap<string, number>;
}

/** Undefined for what is no policy. */
export function policyStructure(policy: Json | undefined): PolicyStructure | undefined {
  if (!isJsonObject(policy)) return undefined;
  const outline = policyOutline(policy);
  return outline === undefined ? undefined : { outline, parameters: numericParameters(policy) };
}

/** `same`: names apart. `nearly`: each number within 1 %. `other tree`: the same parameters, another tree. */
export type StructureSimilarity = 'same' | 'nearly' | 'other tree' | 'different';

export function structureSimilarity(a: PolicyStructure, b: PolicyStructure): StructureSimilarity {
  const { kind } = outlineSimilarity(a.outline, b.outline);
  if (kind !== 'different') return kind;
  return a.parameters.size > 0 && sameNumbers(a.parameters, b.parameters) ? 'other tree' : 'different';
}

function sameNumbers(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean {
  return a.size === b.size && [...a].every(([name, value]) => b.get(name) === value);
}
