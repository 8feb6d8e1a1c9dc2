/** Small edits of a policy, as a local search makes them. None of them looks whether the result is legal. */
import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import { drawInteger, drawUnit, type RandomGenerator } from '../simulator/random.ts';

export function parametersOf(policy: JsonObject): Readonly<Record<string, number>> {
  const { parameters } = policy;
  if (!isJsonObject(parameters)) return {};
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

export function withParameter(policy: JsonObject, name: string, value: number): JsonObject {
  return { ...policy, parameters: { ...parametersOf(policy), [name]: value } };
}

function withoutParameter(policy: JsonObject, name: string): JsonObject {
  const rest = Object.entries(parametersOf(policy)).filter(([key]) => key !== name);
  return { ...policy, parameters: Object.fromEntries(rest) };
}

const release: JsonObject = { type: 'action', node_id: 'release', action: 'Release' };
const wait: JsonObject = {
  type: 'action',
  node_id: 'wait',
  action: 'Hold',
  parameters: { reason: { value: 'AwaitingInflows' } },
};

function guarded(nodeId: string, condition: JsonObject): JsonObject {
  return { type: 'condition', node_id: nodeId, condition, on_true: release, on_false: wait };
}

/** Release only when the deadline is at most `patience` ticks away. */
function waitForDeadline(policy: JsonObject, patience: number): JsonObject {
  const condition = { op: '<=', left: { field: 'ticks_to_deadline' }, right: { param: 'patience' } };
  return {
    ...withParameter(policy, 'patience', patience),
    payment_tree: guarded('near_deadline', condition),
  };
}

/** Release only what leaves a reserve: liquidity of at least `cover` times the payment, or a near deadline. */
function keepReserve(policy: JsonObject, cover: number): JsonObject {
  const affordable = {
    op: '>=',
    left: { field: 'effective_liquidity' },
    right: { compute: { op: '*', left: { param: 'cover' }, right: { field: 'remaining_amount' } } },
  };
  const urgent = { op: '<=', left: { field: 'ticks_to_deadline' }, right: { value: 1 } };
  const tree = guarded('covered', { op: 'or', conditions: [affordable, urgent] });
  return { ...withParameter(policy, 'cover', cover), payment_tree: tree };
}

function isGuarded(policy: JsonObject): boolean {
  return isJsonObject(policy.payment_tree) && policy.payment_tree.type === 'condition';
}

/** Puts a condition before the release, or takes the one there away. */
export function editTree(policy: JsonObject, random: RandomGenerator): JsonObject {
  if (isGuarded(policy)) return { ...policy, payment_tree: release };
  return drawUnit(random) < 0.5
    ? waitForDeadline(policy, drawInteger(random, 1, 4))
    : keepReserve(policy, drawInteger(random, 1, 3));
}

/** Takes away a parameter other than the fraction, whether or not the tree still refers to it. */
export function forgetParameter(policy: JsonObject, random: RandomGenerator): JsonObject | undefined {
  const names = Object.keys(parametersOf(policy)).filter((name) => name !== 'initial_liquidity_fraction');
  const name = names[names.length === 0 ? 0 : drawInteger(random, 0, names.length - 1)];
  return name === undefined ? undefined : withoutParameter(policy, name);
}
