import { isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { constantOf } from './constants.ts';
import { isComparison } from './expressionText.ts';
import {
  compare,
  mirror,
  negate,
  settle,
  type Atom,
  type Comparison,
  type Facts,
  type Known,
} from './facts.ts';
import { resolvedText } from './resolvedText.ts';
import type { Parameters } from './valueText.ts';

const maxDepth = 100;

/** What a whole tree is judged by. */
export class Ground {
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
function readComparison(json: JsonObject, op: Comparison, ground: Ground): Reading | undefined {
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
export function decide(json: Json | undefined, facts: Facts, ground: Ground, depth = 0): Known | undefined {
  if (!isJsonObject(json) || depth > maxDepth) return undefined;
  const whole = wholeAtom(json, ground, true);
  const repeated = whole === undefined ? undefined : settle(whole, facts);
  if (repeated !== undefined) return repeated;
  const { op, conditions, condition } = json;
  if (isComparison(op)) {
    const reading = readComparison(json, op, ground);
    if (reading === undefined) return undefined;
    return 'always' in reading ? { holds: reading.always, sources: [] } : settle(reading, facts);
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
export function learn(
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
