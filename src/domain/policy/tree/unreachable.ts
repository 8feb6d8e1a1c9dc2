import { expressionText, isComparison, type Parameters } from './policyText.ts';
import {
  compare,
  Facts,
  mirror,
  negate,
  whatFollows,
  type Atom,
  type ComparisonSign,
  type Known,
} from './facts.ts';
import type { Branch, ConditionNode, PolicyTree } from './readPolicy.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { constantOf, resolvedText } from './constants.ts';

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

const maxDepth = 100;

/** What a whole tree is judged by. */
class Ground {
  private readonly keys = new Map<string, number>();
  readonly parameters: Parameters;

  constructor(parameters: Parameters) {
    this.parameters = parameters;
  }

  /** One number for each thing that varies: a deep tree compares them millions of times. */
  keyOf(text: string): number {
    const known = this.keys.get(text);
    if (known !== undefined) return known;
    this.keys.set(text, this.keys.size);
    return this.keys.size - 1;
  }
}

/** An atom, or a comparison that is settled by itself. */
type Reading = Atom | { readonly always: boolean };

/** A comparison as something that varies against a number; both sides varying become their difference. */
function readComparison(json: JsonObject, op: ComparisonSign, ground: Ground): Reading | undefined {
  const left = constantOf(json.left, ground.parameters);
  const right = constantOf(json.right, ground.parameters);
  if (left !== undefined && right !== undefined) return { always: compare(left, op, right) };
  const leftText = resolvedText(json.left, ground.parameters);
  const rightText = resolvedText(json.right, ground.parameters);
  if (leftText === undefined || rightText === undefined) return undefined;
  if (right !== undefined) return { key: ground.keyOf(leftText), op, bound: right };
  if (left !== undefined) return { key: ground.keyOf(rightText), op: mirror(op), bound: left };
  if (leftText === rightText) return { always: compare(0, op, 0) };
  return leftText < rightText
    ? { key: ground.keyOf(`${leftText} minus ${rightText}`), op, bound: 0 }
    : { key: ground.keyOf(`${rightText} minus ${leftText}`), op: mirror(op), bound: 0 };
}

/** The whole expression as one atom: a repeated condition is known even where its parts are not. */
function wholeAtom(json: Json | undefined, ground: Ground, holds: boolean): Atom | undefined {
  const text = resolvedText(json, ground.parameters);
  return text === undefined
    ? undefined
    : { key: ground.keyOf(`whole ${text}`), op: '==', bound: holds ? 1 : 0 };
}

/** Source of what one part of a condition says about the parts behind it. */
const sameNode = -1;

function both(parts: readonly Known[], holds: boolean): Known {
  const sources = parts.flatMap((part) => part.sources).filter((source) => source !== sameNode);
  return { holds, sources: [...new Set(sources)] };
}

/** Whether a condition is settled by constants and by what is known above it; undefined when it is open. */
function decide(json: Json | undefined, facts: Facts, ground: Ground, depth = 0): Known | undefined {
  if (!isJsonObject(json) || depth > maxDepth) return undefined;
  const whole = wholeAtom(json, ground, true);
  const repeated = whole === undefined ? undefined : whatFollows(whole, facts);
  if (repeated !== undefined) return repeated;
  const { op, conditions, condition } = json;
  if (isComparison(op)) {
    const reading = readComparison(json, op, ground);
    if (reading === undefined) return undefined;
    return 'always' in reading ? { holds: reading.always, sources: [] } : whatFollows(reading, facts);
  }
  if (op === 'not') {
    const inner = decide(condition, facts, ground, depth + 1);
    return inner === undefined ? undefined : { ...inner, holds: !inner.holds };
  }
  if ((op === 'and' || op === 'or') && Array.isArray(conditions) && conditions.length > 0) {
    return decideParts(conditions, op === 'or', facts, ground, depth);
  }
  return undefined;
}

/**
 * `or` is settled by one part that holds, `and` by one that does not; else by all. A part is only asked when
 * the ones before it did not settle the whole, so what they say counts as known.
 */
function decideParts(
  parts: readonly Json[],
  settling: boolean,
  facts: Facts,
  ground: Ground,
  depth: number,
): Known | undefined {
  const known = facts.count;
  const settled: Known[] = [];
  let answer: Known | undefined;
  for (const part of parts) {
    answer = decide(part, facts, ground, depth + 1);
    if (answer?.holds === settling) break;
    if (answer !== undefined) settled.push(answer);
    learn(part, !settling, sameNode, facts, ground, depth + 1);
  }
  facts.backTo(known);
  if (answer?.holds === settling) return both([answer], settling);
  return settled.length === parts.length ? both(settled, !settling) : undefined;
}

/** Adds to `facts` what follows when the node `source` answers its condition with `holds`. */
function learn(
  json: Json | undefined,
  holds: boolean,
  source: number,
  facts: Facts,
  ground: Ground,
  depth = 0,
): void {
  if (!isJsonObject(json) || depth > maxDepth) return;
  const whole = wholeAtom(json, ground, holds);
  if (whole !== undefined) facts.add({ ...whole, source });
  const { op, conditions, condition } = json;
  if (isComparison(op)) {
    const reading = readComparison(json, op, ground);
    if (reading === undefined || 'always' in reading) return;
    facts.add({ ...reading, op: holds ? reading.op : negate(reading.op), source });
  }
  if (op === 'not') learn(condition, !holds, source, facts, ground, depth + 1);
  const isEveryPartKnown = (op === 'and' && holds) || (op === 'or' && !holds);
  if (isEveryPartKnown && Array.isArray(conditions)) {
    for (const part of conditions) learn(part, holds, source, facts, ground, depth + 1);
  }
}
