import { decide, Ground, learn } from './decide.ts';
import { expressionText } from './expressionText.ts';
import { Facts, type Known } from './facts.ts';
import type { Branch, ConditionNode, PolicyTree } from './policyTree.ts';
import type { Parameters } from './valueText.ts';

/** A branch that is never taken, whatever happens. */
export interface UnreachableBranch {
  readonly tree: string;
  /** The condition that always answers the same. */
  readonly condition: number;
  readonly branch: Branch;
  /** First node of the branch; undefined where nothing stands there. */
  readonly top: number | undefined;
  readonly why: string;
}

interface Visit {
  readonly index: number;
  /** Facts known at the node above; what its answer adds is learnt on the way in. */
  readonly known: number;
}

/**
 * Branches that no tick can reach: their condition is constant, or settled by answers further up. Fields keep
 * their value while one tree is evaluated. Says only what is certain: no knowledge of a field's range is used.
 * Below an unreachable branch nothing more is listed.
 */
export function unreachableBranches(tree: PolicyTree, parameters: Parameters): UnreachableBranch[] {
  const ground = new Ground(parameters);
  const facts = new Facts();
  const found: UnreachableBranch[] = [];
  const visits: Visit[] = [{ index: 0, known: 0 }];
  for (let visit = visits.pop(); visit !== undefined; visit = visits.pop()) {
    const node = tree.nodes[visit.index];
    facts.backTo(visit.known);
    const above = node?.parent === undefined ? undefined : tree.nodes[node.parent];
    if (node?.kind !== 'condition') continue;
    if (above?.kind === 'condition') {
      learn(above.expression, node.branch === 'on_true', above.index, facts, ground);
    }
    const known = decide(node.expression, facts, ground);
    if (known !== undefined) found.push(neverTaken(tree, node, known, parameters));
    if (node.onFalse !== undefined && known?.holds !== true) {
      visits.push({ index: node.onFalse, known: facts.count });
    }
    if (node.onTrue !== undefined && known?.holds !== false) {
      visits.push({ index: node.onTrue, known: facts.count });
    }
  }
  return found;
}

function neverTaken(
  tree: PolicyTree,
  node: ConditionNode,
  known: Known,
  parameters: Parameters,
): UnreachableBranch {
  const branch = known.holds ? 'on_false' : 'on_true';
  const own = `${expressionText(node.expression, parameters)} is ${known.holds ? 'always' : 'never'} true`;
  const reasons = known.sources.flatMap((source) => {
    const above = tree.nodes[source];
    if (above?.kind !== 'condition') return [];
    const answer = isBelowTrue(tree, above, node.index) ? 'yes' : 'no';
    return [`${expressionText(above.expression, parameters)} was answered with ${answer}`];
  });
  const why = reasons.length === 0 ? own : `${own} here, because ${reasons.join(' and ')} above`;
  const top = known.holds ? node.onFalse : node.onTrue;
  return { tree: tree.name, condition: node.index, branch, top, why };
}

function isBelowTrue(tree: PolicyTree, above: ConditionNode, index: number): boolean {
  const branch = above.onTrue === undefined ? undefined : tree.nodes[above.onTrue];
  return branch !== undefined && index >= branch.index && index < branch.end;
}
