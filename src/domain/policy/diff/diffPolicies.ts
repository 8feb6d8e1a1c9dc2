import type { StoredPolicy } from '../tree/policyTree.ts';
import { unreachableBranches, type UnreachableBranch } from '../tree/unreachable.ts';
import type { PolicyDiff, TreePair } from './changes.ts';
import { diffTrees } from './diffTrees.ts';
import { differingEntries } from './nodeChanges.ts';

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
