/**
 * Loads a policy for evaluation: everything it names must be implemented, otherwise it is refused and every
 * reason is listed with its place. (Reading a stored policy for display is `policyJson.ts`, which refuses
 * nothing.)
 */
import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { err, ok, type Result } from '../../../lib/result.ts';
import {
  treeNames,
  type Comparison,
  type LoadedPolicy,
  type Test,
  type TreeName,
  type TreeNode,
} from './ast.ts';
import { loadBankAction, loadCollateralAction, loadPaymentAction } from './loadAction.ts';
import {
  refuse,
  refuseOtherKeys,
  requireObject,
  type LoadContext,
  type PolicyProblem,
  loadNumeric,
} from './loadNumeric.ts';
/** A tree deeper than this is refused before it can exhaust the stack. */
const maxDepth = 100;

type ActionLoader<Action> = (context: LoadContext, node: JsonObject, path: string) => Action | undefined;

function loadNodeId(context: LoadContext, node: JsonObject, path: string): string | undefined {
  const nodeId = node.node_id;
  if (typeof nodeId !== 'string' || nodeId === '') {
    return refuse(context, `${path}.node_id`, 'every node needs a node_id');
  }
  if (context.nodeIds.has(nodeId)) {
    return refuse(context, `${path}.node_id`, `the node_id "${nodeId}" is used twice in the ${context.tree}`);
  }
  context.nodeIds.add(nodeId);
  return nodeId;
}

function loadNode<Action>(
  context: LoadContext,
  json: Json | undefined,
  path: string,
  loadAction: ActionLoader<Action>,
  depth: number,
): TreeNode<Action> | undefined {
  if (depth > maxDepth) return refuse(context, path, `a tree may be ${maxDepth} nodes deep`);
  const node = requireObject(context, json, path);
  if (node === undefined) return undefined;
  if (node.type === 'action') {
    refuseOtherKeys(context, node, path, ['type', 'node_id', 'description', 'action', 'parameters']);
    const nodeId = loadNodeId(context, node, path);
    const action = loadAction(context, node, path);
    return nodeId !== undefined && action !== undefined ? { kind: 'action', nodeId, action } : undefined;
  }
  if (node.type === 'condition') {
    const keys = ['type', 'node_id', 'description', 'condition', 'on_true', 'on_false'];
    refuseOtherKeys(context, node, path, keys);
    const nodeId = loadNodeId(context, node, path);
    const test = loadTest(context, node.condition, `${path}.condition`);
    const onTrue = loadNode(context, node.on_true, `${path}.on_true`, loadAction, depth + 1);
    const onFalse = loadNode(context, node.on_false, `${path}.on_false`, loadAction, depth + 1);
    return nodeId !== undefined && test && onTrue && onFalse
      ? { kind: 'condition', nodeId, test, onTrue, onFalse }
      : undefined;
  }
  return refuse(context, `${path}.type`, `the kind of node ${JSON.stringify(node.type)} is not known`);
}

function loadParameters(problems: PolicyProblem[], json: Json | undefined): ReadonlyMap<string, number> {
  const parameters = new Map<string, number>();
  if (json === undefined) return parameters;
  if (!isJsonObject(json)) {
    refuse({ problems }, 'parameters', 'an object is expected here');
    return parameters;
  }
  for (const [name, value] of Object.entries(json)) {
    if (typeof value === 'number' && Number.isFinite(value)) parameters.set(name, value);
    else refuse({ problems }, `parameters.${name}`, 'a number is expected here');
  }
  const fraction = parameters.get('initial_liquidity_fraction');
  if (fraction !== undefined && (fraction < 0 || fraction > 1)) {
    refuse({ problems }, 'parameters.initial_liquidity_fraction', `${fraction} is not between 0 and 1`);
  }
  return parameters;
}

/** The policy, ready to be evaluated, or everything that is wrong with it. */
export function loadPolicy(json: Json): Result<LoadedPolicy, readonly PolicyProblem[]> {
  const problems: PolicyProblem[] = [];
  if (!isJsonObject(json)) return err([{ path: '', message: 'a policy is a JSON object' }]);
  refuseOtherKeys({ problems }, json, 'policy', [
    'version',
    'policy_id',
    'description',
    'parameters',
    ...treeNames,
  ]);
  const parameters = loadParameters(problems, json.parameters);
  const load = <Action>(tree: TreeName, loadAction: ActionLoader<Action>) => {
    const root = json[tree];
    if (root === undefined || root === null) return undefined;
    const context: LoadContext = { tree, parameters, nodeIds: new Set(), problems };
    return loadNode(context, root, tree, loadAction, 1);
  };
  if (typeof json.policy_id !== 'string') refuse({ problems }, 'policy_id', 'a text is expected here');
  const policy: LoadedPolicy = {
    parameters,
    bankTree: load('bank_tree', loadBankAction),
    paymentTree: load('payment_tree', loadPaymentAction),
    strategicCollateralTree: load('strategic_collateral_tree', loadCollateralAction),
    endOfTickCollateralTree: load('end_of_tick_collateral_tree', loadCollateralAction),
  };
  return problems.length > 0 ? err(problems) : ok(policy);
}

/** All problems in one sentence each, for a message or a stored `parsing_error`. */
export function describeProblems(problems: readonly PolicyProblem[]): string {
  return problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; ');
}

const comparisons: readonly Comparison[] = ['==', '!=', '<', '<=', '>', '>='];

/** The expression of a condition node: a comparison, or `and`, `or`, `not` over expressions. */
function loadTest(context: LoadContext, json: Json | undefined, path: string): Test | undefined {
  const object = requireObject(context, json, path);
  if (object === undefined) return undefined;
  const op = object.op;

  const comparison = comparisons.find((known) => known === op);
  if (comparison !== undefined) {
    refuseOtherKeys(context, object, path, ['op', 'left', 'right']);
    const left = loadNumeric(context, object.left, `${path}.left`);
    const right = loadNumeric(context, object.right, `${path}.right`);
    return left && right && { kind: 'compare', op: comparison, left, right };
  }
  if (op === 'and' || op === 'or') {
    refuseOtherKeys(context, object, path, ['op', 'conditions']);
    const items = object.conditions;
    if (!Array.isArray(items) || items.length === 0) {
      return refuse(context, `${path}.conditions`, `"${op}" needs an array of at least one expression`);
    }
    const tests = items.map((item, i) => loadTest(context, item, `${path}.conditions[${i}]`));
    const known = tests.filter((test) => test !== undefined);
    return known.length === tests.length ? { kind: op, tests: known } : undefined;
  }
  if (op === 'not') {
    refuseOtherKeys(context, object, path, ['op', 'condition']);
    const test = loadTest(context, object.condition, `${path}.condition`);
    return test && { kind: 'not', test };
  }
  return refuse(context, `${path}.op`, `the operator ${JSON.stringify(op)} is not known`);
}
