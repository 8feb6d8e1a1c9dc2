import { canonicalJson, type Json } from '../../../lib/json.ts';
import type { TreeNode } from '../tree/policyTree.ts';
import type { NodeRef, ParameterChange, TreeChange } from './changes.ts';
import { differingParts, tokensOf } from './tokens.ts';

function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

/** Entries in which two maps differ, in the order of the first, then of the second. */
export function differingEntries(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): ParameterChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((entry) => !isSameJson(entry.before, entry.after));
}

/** In what one node differs from the one it was, its branches left aside; several changes are possible. */
export function nodeChanges(tree: string, a: TreeNode, b: TreeNode, isSwapped: boolean): TreeChange[] {
  const before: NodeRef = { tree, index: a.index };
  const after: NodeRef = { tree, index: b.index };
  const changes = contentChanges(a, b).map((change): TreeChange => ({ ...change, before, after }));
  if (isSwapped) changes.push({ kind: 'branches swapped', before, after });
  if (differingEntries(a.others, b.others).length > 0) changes.push({ kind: 'other', before, after });
  return changes;
}

type ContentChange =
  | Omit<Extract<TreeChange, { kind: 'condition' }>, 'before' | 'after'>
  | Omit<Extract<TreeChange, { kind: 'action parameters' }>, 'before' | 'after'>
  | { readonly kind: 'action' }
  | { readonly kind: 'other' };

function contentChanges(a: TreeNode, b: TreeNode): ContentChange[] {
  if (a.kind === 'condition' && b.kind === 'condition') {
    const parts = differingParts(tokensOf(a.expression), tokensOf(b.expression));
    return parts.length === 0 ? [] : [{ kind: 'condition', parts }];
  }
  if (a.kind === 'action' && b.kind === 'action') {
    if (a.action !== b.action) return [{ kind: 'action' }];
    const parameters = differingEntries(a.parameters, b.parameters);
    return parameters.length === 0 ? [] : [{ kind: 'action parameters', parameters }];
  }
  if (a.kind === 'odd' && b.kind === 'odd') return isSameJson(a.json, b.json) ? [] : [{ kind: 'other' }];
  return [];
}
