import type { PolicyTree, StoredPolicy, StoredNode } from '../tree/readPolicy.ts';
import { unreachableBranches, type UnreachableBranch } from '../tree/unreachable.ts';
import type { NodeRef, ParameterChange, PolicyDiff, TreeChange, TreePair } from './changes.ts';
import { align, pairLimit } from './align.ts';
import { type Alignment, type Side, Labeller } from './alignment.ts';
import { pairMoves, type Loose } from './moves.ts';
import { canonicalJson, type Json } from '../../../lib/json.ts';
import { differingParts, tokensOf } from './tokens.ts';

/** Members that word a policy and decide nothing. */
const wordingMembers: ReadonlySet<string> = new Set(['version', 'policy_id', 'description']);

/** Compares two policies: what they do, apart from what things are called. */
export function diffPolicies(before: StoredPolicy, after: StoredPolicy): PolicyDiff {
  const { pairs, changes } = diffTrees(before.trees, after.trees);
  const members = differingEntries(before.others, after.others);
  const unreachable = { before: allUnreachable(before), after: allUnreachable(after) };
  return {
    before,
    after,
    parameters: differingEntries(before.parameters, after.parameters),
    trees: pairs,
    changes,
    others: members.filter(({ name }) => !wordingMembers.has(name)),
    wording: {
      members: members.filter(({ name }) => wordingMembers.has(name)),
      renamedNodes: countDiffering(pairs, 'nodeId'),
      redescribedNodes: countDiffering(pairs, 'description'),
    },
    unreachable: { ...unreachable, fresh: freshOf(pairs, unreachable.before, unreachable.after) },
  };
}

/** Whether they do the same; what they are called may differ. */
export function isUnchanged(diff: PolicyDiff): boolean {
  return diff.parameters.length + diff.changes.length + diff.others.length === 0;
}

function allUnreachable({ trees, parameters }: StoredPolicy): UnreachableBranch[] {
  return [...trees.values()].flatMap((tree) => unreachableBranches(tree, parameters));
}

function countDiffering(pairs: readonly TreePair[], word: 'nodeId' | 'description'): number {
  let count = 0;
  for (const { before, after, partnerOfBefore } of pairs) {
    for (const [i, j] of partnerOfBefore) {
      if (before?.nodes[i]?.[word] !== after?.nodes[j]?.[word]) count += 1;
    }
  }
  return count;
}

/** A branch that was unreachable at the same node before is nothing new. */
function freshOf(
  pairs: readonly TreePair[],
  before: readonly UnreachableBranch[],
  after: readonly UnreachableBranch[],
): UnreachableBranch[] {
  const key = (tree: string, node: number | undefined, branch: string) => `${tree} ${node} ${branch}`;
  const known = new Set(before.map(({ tree, condition, branch }) => key(tree, condition, branch)));
  const pairOf = new Map(pairs.map((pair) => [pair.name, pair]));
  return after.filter(({ tree, condition, branch }) => {
    const old = pairOf.get(tree)?.partnerOfAfter.get(condition);
    return old === undefined || !known.has(key(tree, old, branch));
  });
}

type Trees = ReadonlyMap<string, PolicyTree>;

interface Aligned {
  readonly name: string;
  readonly before: Side;
  readonly after: Side;
  readonly alignment: Alignment;
}

/** Weights tried in turn; the one that tells the change in the fewest steps wins, the first of equals. */
const weightings = [{ perNode: 0.25 }, { perNode: 0.02 }] as const;

/** What happened to each tree, and all changes: trees that came or went, then node by node, then moves. */
function diffTrees(
  before: Trees,
  after: Trees,
): { readonly pairs: TreePair[]; readonly changes: TreeChange[] } {
  const labeller = new Labeller();
  const pairs: TreePair[] = [];
  const changes: TreeChange[] = [];
  const aligned: Aligned[] = [];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [a, b] = [before.get(name), after.get(name)];
    if (a !== undefined && b !== undefined) {
      const sides = [sideOf(labeller, a), sideOf(labeller, b)] as const;
      aligned.push(alignBest(name, ...sides));
    } else {
      changes.push({ kind: a === undefined ? 'tree added' : 'tree removed', tree: name });
      pairs.push({ ...bare, name, before: a, after: b });
    }
  }
  pairs.push(...aligned.map(pairOf));
  changes.push(...changesOf(aligned));
  return { pairs: inOrder(pairs, [...after.keys(), ...before.keys()]), changes };
}

const bare = {
  partnerOfBefore: new Map<number, number>(),
  partnerOfAfter: new Map<number, number>(),
  isPlaceByPlace: false,
};

function sideOf(labeller: Labeller, tree: PolicyTree): Side {
  return { tree, labels: labeller.label(tree) };
}

function alignBest(name: string, before: Side, after: Side): Aligned {
  const isSmall = before.tree.nodes.length * after.tree.nodes.length <= pairLimit / 4;
  let best: Aligned | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const weights of weightings) {
    const next = { name, before, after, alignment: align(before, after, weights) };
    const count = changesOf([next]).length;
    if (count < fewest) [best, fewest] = [next, count];
    if (count <= 1 || !isSmall) break;
  }
  if (best === undefined) throw new Error('no weighting was tried');
  return best;
}

function changesOf(aligned: readonly Aligned[]): TreeChange[] {
  const loose = (side: 'before' | 'after'): Loose[] =>
    aligned.flatMap((one) => {
      const pieces = side === 'before' ? one.alignment.removed : one.alignment.added;
      return pieces.map((piece) => ({ side: one[side], piece }));
    });
  const ofNodes = aligned.flatMap(({ name, before, after, alignment }) =>
    alignment.matches.flatMap((match) => {
      const [a, b] = [before.tree.nodes[match.before], after.tree.nodes[match.after]];
      return a === undefined || b === undefined ? [] : nodeChanges(name, a, b, match.isSwapped);
    }),
  );
  return [...ofNodes, ...pairMoves(loose('before'), loose('after'))];
}

function pairOf({ name, before, after, alignment }: Aligned): TreePair {
  return {
    name,
    before: before.tree,
    after: after.tree,
    partnerOfBefore: new Map(alignment.matches.map((match) => [match.before, match.after])),
    partnerOfAfter: new Map(alignment.matches.map((match) => [match.after, match.before])),
    isPlaceByPlace: alignment.isPlaceByPlace,
  };
}

function inOrder(pairs: readonly TreePair[], names: readonly string[]): TreePair[] {
  return pairs.toSorted((a, b) => names.indexOf(a.name) - names.indexOf(b.name));
}

function isSameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

/** Entries in which two maps differ, in the order of the first, then of the second. */
function differingEntries(
  before: ReadonlyMap<string, Json>,
  after: ReadonlyMap<string, Json>,
): ParameterChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return names
    .map((name) => ({ name, before: before.get(name), after: after.get(name) }))
    .filter((entry) => !isSameJson(entry.before, entry.after));
}

/** In what one node differs from the one it was, its branches left aside; several changes are possible. */
function nodeChanges(tree: string, a: StoredNode, b: StoredNode, isSwapped: boolean): TreeChange[] {
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

function contentChanges(a: StoredNode, b: StoredNode): ContentChange[] {
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
