import { groupBy } from '../../../lib/groupBy.ts';
import { canonicalJson, type Json } from '../../../lib/json.ts';
import {
  type PolicyTree,
  type StoredPolicy,
  type StoredNode,
  childrenOf,
  sizeOf,
} from '../tree/readPolicy.ts';
import { unreachableBranches, type UnreachableBranch } from '../tree/unreachable.ts';
import { align, pairLimit } from './align.ts';
import { type TreeAlignment, type Side, Labeller, nodesOf, type Piece } from './alignment.ts';
import type { NodeRef, ParameterChange, PolicyDiff, TreeChange, TreePair, PieceOf } from './changes.ts';
import { differingParts, tokensOf } from './tokens.ts';

/** A piece of a tree that stands on one side only. */
interface Loose {
  readonly side: Side;
  readonly piece: Piece;
}

/**
 * What was taken out here and put in with the same content there has moved: whole pieces first, then subtrees
 * inside pieces. A single action is never said to have moved: the same ones recur all over a tree.
 */
function pairMoves(removed: readonly Loose[], added: readonly Loose[]): TreeChange[] {
  const gone = new Claims();
  const come = new Claims();
  const moves = [
    ...pair(removed.filter(isTelling), added.filter(isTelling), pieceKey, gone, come),
    ...pair(bySize(removed.flatMap(subtreesIn)), bySize(added.flatMap(subtreesIn)), subtreeKey, gone, come),
  ];
  return [
    ...gone.unclaimed(removed).map((piece): TreeChange => ({ kind: 'removed', piece })),
    ...come.unclaimed(added).map((piece): TreeChange => ({ kind: 'added', piece })),
    ...moves.map(([before, after]): TreeChange => ({ kind: 'moved', before, after })),
  ];
}

/** Nodes that were found to have moved. */
class Claims {
  private readonly bySide = new Map<Side, Set<number>>();

  /** True when none of the nodes was claimed before; they are now. */
  claim(side: Side, nodes: readonly number[]): boolean {
    const claimed = this.bySide.get(side) ?? new Set<number>();
    if (nodes.some((node) => claimed.has(node))) return false;
    for (const node of nodes) claimed.add(node);
    this.bySide.set(side, claimed);
    return true;
  }

  isFree(side: Side, nodes: readonly number[]): boolean {
    const claimed = this.bySide.get(side);
    return claimed === undefined || !nodes.some((node) => claimed.has(node));
  }

  /** What is left of each piece; pieces of which nothing is left are gone. */
  unclaimed(pieces: readonly Loose[]): PieceOf[] {
    return pieces.flatMap((loose) => {
      const claimed = this.bySide.get(loose.side);
      const described = describePiece(loose);
      const nodes = described.nodes.filter((node) => claimed?.has(node) !== true);
      return nodes.length === 0 ? [] : [{ ...described, nodes }];
    });
  }
}

function describePiece({ side, piece }: Loose): PieceOf {
  return { tree: side.tree.name, ...piece, nodes: nodesOf(side.tree, piece) };
}

function pair(
  removed: readonly Loose[],
  added: readonly Loose[],
  keyOf: (loose: Loose) => string,
  gone: Claims,
  come: Claims,
): [PieceOf, PieceOf][] {
  const waiting = groupBy(added, keyOf);
  const pairs: [PieceOf, PieceOf][] = [];
  for (const loose of removed) {
    const before = describePiece(loose);
    if (!gone.isFree(loose.side, before.nodes)) continue;
    for (const candidate of waiting.get(keyOf(loose)) ?? []) {
      const after = describePiece(candidate);
      if (!come.claim(candidate.side, after.nodes)) continue;
      gone.claim(loose.side, before.nodes);
      pairs.push([before, after]);
      break;
    }
  }
  return pairs;
}

function isTelling({ side, piece }: Loose): boolean {
  return side.tree.nodes[piece.top]?.kind === 'condition';
}

/** Pieces with the same content and, where a branch stays, with the same branch left open. */
function pieceKey({ side, piece }: Loose): string {
  const { own, subtree } = side.labels;
  if (piece.keeps === undefined) return `all ${subtree[piece.top]}`;
  const top = side.tree.nodes[piece.top];
  const below = top === undefined ? [] : childrenOf(top);
  const numbers = below.map((child) => (child === undefined ? 0 : subtree[child]));
  const isTrueKept = below[0] === piece.keeps;
  return `${own[piece.top]} ${isTrueKept ? `keeps, ${numbers[1]}` : `${numbers[0]}, keeps`}`;
}

function subtreeKey({ side, piece }: Loose): string {
  return String(side.labels.subtree[piece.top]);
}

/** All whole subtrees inside a piece that hold a condition, the piece itself too when it is one. */
function subtreesIn(loose: Loose): Loose[] {
  const { side, piece } = loose;
  return nodesOf(side.tree, piece).flatMap((index) => {
    const isCut = index === piece.top && piece.keeps !== undefined;
    return side.tree.nodes[index]?.kind === 'condition' && !isCut
      ? [{ side, piece: { top: index, keeps: undefined } }]
      : [];
  });
}

function bySize(pieces: readonly Loose[]): Loose[] {
  const size = ({ side, piece }: Loose) => {
    const top = side.tree.nodes[piece.top];
    return top === undefined ? 0 : sizeOf(top);
  };
  return pieces.toSorted((a, b) => size(b) - size(a));
}

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
  readonly alignment: TreeAlignment;
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
