/**
 * A seeded local search: one small change of the agent's own policy at a time. It keeps the direction of the
 * fraction that paid off and shortens its step after a refusal. It does not check its answers, so now and
 * then one is out of range or refers to a parameter that is gone; the loop finds out, as with any proposer.
 */
import { formatJson, isJsonObject, type JsonObject } from '../../lib/json.ts';
import { drawInteger, drawUnit, randomStream, type RandomGenerator } from '../simulator/random.ts';
import { contextText, type PastProposal, type ProposalContext, type Proposer } from './proposer.ts';
import { proposalSeed } from './seeds.ts';

const fractionName = 'initial_liquidity_fraction';

/** Shares of the moves; the rest of 1 is a step of the fraction. */
interface LocalSearchSettings {
  readonly firstStep: number;
  readonly editTree: number;
  readonly stepOther: number;
  readonly forget: number;
  readonly returnToBest: number;
}

const defaultSearch: LocalSearchSettings = {
  firstStep: 0.12,
  editTree: 0.08,
  stepOther: 0.08,
  forget: 0.04,
  returnToBest: 0.06,
};

function fractionOf(policy: JsonObject | undefined): number | undefined {
  return policy && ownParameters(policy)[fractionName];
}

/** Step length after what happened so far: longer after success, shorter after a refusal. */
function stepAfter(history: readonly PastProposal[], first: number): number {
  return history.reduce((step, { verdict }) => {
    if (verdict === 'accepted') return Math.min(0.25, step * 1.4);
    return verdict === 'no_change' ? step : Math.max(0.004, step * 0.6);
  }, first);
}

/** Down at first (liquidity is what costs), then on where it paid off and back where it did not. */
function direction(history: readonly PastProposal[], current: number): number {
  const last = history.findLast(({ policy }) => fractionOf(policy) !== undefined);
  const proposed = fractionOf(last?.policy);
  if (last === undefined || proposed === undefined) return -1;
  if (last.verdict === 'accepted') {
    const before = history.findLast(({ policy }) => (fractionOf(policy) ?? proposed) !== proposed);
    return Math.sign(proposed - (fractionOf(before?.policy) ?? 0.5)) || -1;
  }
  return -Math.sign(proposed - current) || -1;
}

const threeDigits = (value: number) => Math.round(value * 1000) / 1000;

function stepFraction(context: ProposalContext, random: RandomGenerator, first: number): JsonObject {
  const current = fractionOf(context.policy) ?? 0.5;
  const length = stepAfter(context.history, first) * (0.5 + drawUnit(random));
  const sign = direction(context.history, current) * (drawUnit(random) < 0.2 ? -1 : 1);
  return withParameter(context.policy, fractionName, threeDigits(current + sign * length));
}

function stepOther(policy: JsonObject, random: RandomGenerator): JsonObject | undefined {
  const [name, value] = Object.entries(ownParameters(policy)).find(([key]) => key !== fractionName) ?? [];
  if (name === undefined || value === undefined) return undefined;
  return withParameter(policy, name, value + (drawUnit(random) < 0.5 ? -1 : 1));
}

/** The cheapest policy that was ever accepted; the present one when none was cheaper: no change then. */
function best(context: ProposalContext): JsonObject {
  const accepted = context.history.filter(({ verdict }) => verdict === 'accepted');
  const cheapest = accepted.reduce<PastProposal | undefined>((found, proposal) => {
    const cost = proposal.newCostCents;
    return cost !== undefined && (found?.newCostCents === undefined || cost < found.newCostCents)
      ? proposal
      : found;
  }, undefined);
  return cheapest?.policy ?? context.policy;
}

function nextPolicy(context: ProposalContext, settings: LocalSearchSettings): JsonObject {
  const { masterSeed, iteration, agentId, policy } = context;
  const random = randomStream(proposalSeed(masterSeed, iteration, agentId), 0);
  const draw = drawUnit(random);
  let limit = settings.editTree;
  if (draw < limit) return editTree(policy, random);
  limit += settings.stepOther;
  const step = () => stepFraction(context, random, settings.firstStep);
  if (draw < limit) return stepOther(policy, random) ?? step();
  limit += settings.forget;
  if (draw < limit) return forgetParameter(policy, random) ?? step();
  limit += settings.returnToBest;
  return draw < limit ? best(context) : step();
}

export function localSearch(settings: LocalSearchSettings = defaultSearch): Proposer {
  return {
    model: 'local-search',
    propose: (context) =>
      Promise.resolve({
        systemPrompt: JSON.stringify({ proposer: 'local-search', ...settings }),
        userPrompt: contextText(context),
        rawResponse: formatJson(nextPolicy(context, settings)),
      }),
  };
}

// Small edits of a policy, as the search makes them. None of them looks whether the result is legal.

export function ownParameters(policy: JsonObject): Readonly<Record<string, number>> {
  const { parameters } = policy;
  if (!isJsonObject(parameters)) return {};
  return Object.fromEntries(
    Object.entries(parameters).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

export function withParameter(policy: JsonObject, name: string, value: number): JsonObject {
  return { ...policy, parameters: { ...ownParameters(policy), [name]: value } };
}

function withoutParameter(policy: JsonObject, name: string): JsonObject {
  const rest = Object.entries(ownParameters(policy)).filter(([key]) => key !== name);
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
function editTree(policy: JsonObject, random: RandomGenerator): JsonObject {
  if (isGuarded(policy)) return { ...policy, payment_tree: release };
  return drawUnit(random) < 0.5
    ? waitForDeadline(policy, drawInteger(random, 1, 4))
    : keepReserve(policy, drawInteger(random, 1, 3));
}

/** Takes away a parameter other than the fraction, whether or not the tree still refers to it. */
function forgetParameter(policy: JsonObject, random: RandomGenerator): JsonObject | undefined {
  const names = Object.keys(ownParameters(policy)).filter((name) => name !== 'initial_liquidity_fraction');
  const name = names[names.length === 0 ? 0 : drawInteger(random, 0, names.length - 1)];
  return name === undefined ? undefined : withoutParameter(policy, name);
}
