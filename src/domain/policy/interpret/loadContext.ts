import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import type { TreeName } from './ast.ts';

/** Something that keeps a policy from being loaded; `path` leads to it (`payment_tree.on_true.action`). */
export interface PolicyProblem {
  readonly path: string;
  readonly message: string;
}

/** Where loading stands: the tree, its parameters, and the problems found so far, all trees together. */
export interface LoadContext {
  readonly tree: TreeName;
  readonly parameters: ReadonlyMap<string, number>;
  readonly nodeIds: Set<string>;
  readonly problems: PolicyProblem[];
}

/** Notes a problem; returns undefined, as what could not be read, so that a reader can end with it. */
export function refuse<T>(
  context: { problems: PolicyProblem[] },
  path: string,
  message: string,
): T | undefined {
  context.problems.push({ path, message });
  return undefined;
}

/** Refuses every key of `object` that nothing reads: an unread key is a wish that would be ignored silently. */
export function refuseOtherKeys(
  context: { problems: PolicyProblem[] },
  object: JsonObject,
  path: string,
  known: readonly string[],
): void {
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) refuse(context, `${path}.${key}`, `"${key}" is not read here`);
  }
}

export function requireObject(
  context: { problems: PolicyProblem[] },
  value: Json | undefined,
  path: string,
): JsonObject | undefined {
  return isJsonObject(value) ? value : refuse(context, path, 'an object is expected here');
}
