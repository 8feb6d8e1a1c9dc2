/** A stored policy as it is read for showing and comparing: nothing in it is refused. */
import type { Json } from '../../../lib/json.ts';

export type Branch = 'on_true' | 'on_false';

interface NodeBase {
  /** Place in `PolicyTree.nodes`: a node stands before its branches, `on_true` before `on_false`. */
  readonly index: number;
  /** Where it stands, whatever its `node_id`: `payment_tree`, `payment_tree:TF` (true, then false). */
  readonly path: string;
  readonly depth: number;
  readonly parent: number | undefined;
  readonly branch: Branch | undefined;
  /** Index behind the last node below it: its subtree is `index` to `end - 1`. */
  readonly end: number;
  /** As written; may be missing, renamed in every proposal, or used twice. */
  readonly nodeId: string | undefined;
  readonly description: string | undefined;
  /** Members that no kind of node has, by name. */
  readonly others: ReadonlyMap<string, Json>;
  /** What is wrong with the node, in words. */
  readonly problem: string | undefined;
}

export interface ConditionNode extends NodeBase {
  readonly kind: 'condition';
  readonly expression: Json | undefined;
  /** Index of the branch; undefined where none is given. */
  readonly onTrue: number | undefined;
  readonly onFalse: number | undefined;
}

export interface ActionNode extends NodeBase {
  readonly kind: 'action';
  readonly action: string;
  readonly parameters: ReadonlyMap<string, Json>;
}

/** Neither a condition nor an action: shown as the JSON that it is. */
interface OddNode extends NodeBase {
  readonly kind: 'odd';
  /** Undefined where the tree is cut because it is too large. */
  readonly json: Json | undefined;
}

export type StoredNode = ConditionNode | ActionNode | OddNode;

export interface PolicyTree {
  readonly name: string;
  /** At least one: the root is the first. */
  readonly nodes: readonly StoredNode[];
}

export interface StoredPolicy {
  /** By name, of any type; an `initial_liquidity_fraction` at the top level is among them (domain.md 11.19). */
  readonly parameters: ReadonlyMap<string, Json>;
  /** The known trees in the order in which they are evaluated, then others. */
  readonly trees: ReadonlyMap<string, PolicyTree>;
  /** All other members: `version`, `policy_id`, `description`, and what is not known. */
  readonly others: ReadonlyMap<string, Json>;
}

/** Number of nodes of the subtree. */
export function sizeOf(node: StoredNode): number {
  return node.end - node.index;
}

/** Indices of the two branches; undefined where there is none. */
export function childrenOf(node: StoredNode): readonly [number | undefined, number | undefined] {
  return node.kind === 'condition' ? [node.onTrue, node.onFalse] : [undefined, undefined];
}

/** `strategic_collateral_tree` as `strategic collateral tree`. */
export function treeWords(name: string): string {
  return name.replaceAll('_', ' ');
}
