import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { ok, type Result } from '../../../lib/result.ts';
import { treeNames } from '../interpret/ast.ts';
import { liquidityFraction } from '../parameters.ts';
import { parsePolicy } from '../policyJson.ts';

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

/** A stored policy as it is read for showing and comparing: nothing in it is refused. */
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

/** Those that the simulator evaluates. */
const knownTrees: ReadonlySet<string> = new Set(treeNames);

/** A stored policy from its JSON text; only a text that is no JSON object is an error. */
export function readPolicyText(text: string): Result<StoredPolicy, string> {
  const parsed = parsePolicy(text);
  return parsed.ok ? ok(readPolicy(parsed.value)) : parsed;
}

/** A stored policy from parsed JSON. */
export function readPolicy(json: JsonObject): StoredPolicy {
  const parameters = new Map<string, Json>();
  const trees = new Map<string, PolicyTree>();
  const others = new Map<string, Json>();
  if (isJsonObject(json.parameters)) {
    for (const [name, value] of Object.entries(json.parameters)) parameters.set(name, value);
  }
  const unknownTrees = Object.keys(json).filter((key) => isUnknownTree(key, json[key]));
  for (const name of [...treeNames, ...unknownTrees]) {
    const tree = readTree(name, json[name]);
    if (tree !== undefined) trees.set(name, tree);
  }
  for (const [key, value] of Object.entries(json)) {
    if (knownTrees.has(key) || trees.has(key)) continue;
    if (key === 'parameters' && isJsonObject(value)) continue;
    if (key === liquidityFraction && !parameters.has(key)) parameters.set(key, value);
    else others.set(key, value);
  }
  return { parameters, trees, others };
}

/** A member that no engine evaluates today, but that looks like a tree. */
function isUnknownTree(key: string, value: Json | undefined): boolean {
  if (knownTrees.has(key) || !isJsonObject(value)) return false;
  return value.type === 'condition' || value.type === 'action' || key.endsWith('_tree');
}

/** What is read of one tree; the rest is left out, and the node at the edge says so. */
export const treeLimits = { depth: 5000, nodes: 50_000 } as const;

interface Place {
  readonly json: Json | undefined;
  readonly path: string;
  readonly depth: number;
  readonly parent: number | undefined;
  readonly branch: Branch | undefined;
}

type Mutable<T> = T extends T ? { -readonly [K in keyof T]: T[K] } : never;
type Draft = Mutable<StoredNode>;

/** Reads one tree without recursion, so that no depth can exhaust the stack; a missing tree is undefined. */
function readTree(name: string, root: Json | undefined): PolicyTree | undefined {
  if (root === undefined || root === null) return undefined;
  const nodes: Draft[] = [];
  const places: Place[] = [{ json: root, path: name, depth: 0, parent: undefined, branch: undefined }];
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const node = readNode(place, nodes.length);
    nodes.push(node);
    linkToParent(nodes, node);
    if (node.kind === 'condition' && isJsonObject(place.json)) {
      places.push(...below(node, place.json, 'on_false'), ...below(node, place.json, 'on_true'));
    }
  }
  for (const node of nodes.toReversed()) {
    const parent = node.parent === undefined ? undefined : nodes[node.parent];
    if (parent !== undefined) parent.end = Math.max(parent.end, node.end);
  }
  return { name, nodes };
}

function below(node: StoredNode, json: JsonObject, branch: Branch): Place[] {
  const child = json[branch];
  if (child === undefined || child === null) return [];
  const step = branch === 'on_true' ? 'T' : 'F';
  const path = `${node.path}${node.depth === 0 ? ':' : ''}${step}`;
  return [{ json: child, path, depth: node.depth + 1, parent: node.index, branch }];
}

function linkToParent(nodes: readonly Draft[], node: StoredNode): void {
  const parent = node.parent === undefined ? undefined : nodes[node.parent];
  if (parent?.kind !== 'condition') return;
  if (node.branch === 'on_true') parent.onTrue = node.index;
  else parent.onFalse = node.index;
}

function readNode(place: Place, index: number): Draft {
  const { json, path, depth, parent, branch } = place;
  const base = { index, path, depth, parent, branch, end: index + 1 };
  const bare = { nodeId: undefined, description: undefined, others: new Map<string, Json>() };
  if (depth >= treeLimits.depth || index >= treeLimits.nodes) {
    const limit =
      depth >= treeLimits.depth ? `${treeLimits.depth} levels deep` : `${treeLimits.nodes} nodes large`;
    return {
      ...base,
      ...bare,
      kind: 'odd',
      json: undefined,
      problem: `not read: a tree is read ${limit}`,
    };
  }
  if (!isJsonObject(json)) {
    return { ...base, ...bare, kind: 'odd', json, problem: 'a node is expected here' };
  }
  const own = {
    ...base,
    nodeId: typeof json.node_id === 'string' ? json.node_id : undefined,
    description: typeof json.description === 'string' ? json.description : undefined,
  };
  switch (kindOf(json)) {
    case 'condition':
      return {
        ...own,
        kind: 'condition',
        expression: json.condition,
        onTrue: undefined,
        onFalse: undefined,
        others: otherMembers(json, ['condition', 'on_true', 'on_false']),
        problem: json.condition === undefined ? 'no condition is given' : missingBranch(json),
      };
    case 'action': {
      const { parameters } = json;
      return {
        ...own,
        kind: 'action',
        action: typeof json.action === 'string' ? json.action : '',
        parameters: new Map(isJsonObject(parameters) ? Object.entries(parameters) : []),
        others: otherMembers(json, [
          ...(typeof json.action === 'string' ? ['action'] : []),
          ...(isJsonObject(parameters) ? ['parameters'] : []),
        ]),
        problem: typeof json.action === 'string' ? undefined : 'no action is named',
      };
    }
    case 'odd':
      return { ...own, kind: 'odd', json, others: new Map(), problem: 'neither a condition nor an action' };
  }
}

/** The type that the node says, else the one that its members tell. */
function kindOf(json: JsonObject): StoredNode['kind'] {
  if (json.type === 'condition' || json.type === 'action') return json.type;
  if (json.condition !== undefined || json.on_true !== undefined || json.on_false !== undefined)
    return 'condition';
  return json.action === undefined ? 'odd' : 'action';
}

function missingBranch({ on_true: onTrue, on_false: onFalse }: JsonObject): string | undefined {
  const missing = [
    ...((onTrue ?? null) === null ? ['yes'] : []),
    ...((onFalse ?? null) === null ? ['no'] : []),
  ];
  return missing.length === 0 ? undefined : `no branch for ${missing.join(' and ')}`;
}

/** `type` counts only where it says something else than the kind that was read. */
function otherMembers(json: JsonObject, known: readonly string[]): ReadonlyMap<string, Json> {
  const words = ['node_id', 'description'].filter((key) => typeof json[key] === 'string');
  const read = new Set([...known, ...words, ...(json.type === kindOf(json) ? ['type'] : [])]);
  return new Map(Object.entries(json).filter(([key]) => !read.has(key)));
}

/** A policy as JSON text, parsed, or read already; undefined where none is stored or could be read. */
export type PolicyInput = string | JsonObject | StoredPolicy | undefined;

/** Reads whatever is given; undefined for what is no policy. */
export function policyOf(input: PolicyInput): StoredPolicy | undefined {
  if (input === undefined) return undefined;
  if (typeof input === 'string') {
    const read = readPolicyText(input);
    return read.ok ? read.value : undefined;
  }
  return isStored(input) ? input : readPolicy(input);
}

function isStored(input: JsonObject | StoredPolicy): input is StoredPolicy {
  return input.trees instanceof Map;
}
