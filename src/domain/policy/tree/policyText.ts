import { canonicalJson, isJsonObject, type Json, type JsonObject } from '../../../lib/json.ts';
import { parameterText } from '../parameters.ts';
import type { ComparisonSign } from './facts.ts';
import type { ActionNode, StoredNode } from './readPolicy.ts';

/** Parameters of the policy at hand, so that a text can say what a name stands for. */
export type Parameters = ReadonlyMap<string, Json>;

/** What is nested deeper than this is written as an ellipsis. */
const maxTextDepth = 50;

const infix: ReadonlySet<Json | undefined> = new Set(['+', '-', '*', '/']);
/** Members of each function in the order in which they are written out. */
const functions: Readonly<Record<string, readonly string[]>> = {
  ceil: ['value'],
  floor: ['value'],
  round: ['value'],
  abs: ['value'],
  clamp: ['value', 'min', 'max'],
  div0: ['numerator', 'denominator', 'default'],
};

/** The number of a literal with every digit, exactly as JavaScript reads it. */
function literalText(literal: Json): string {
  if (typeof literal === 'string') return `“${literal}”`;
  if (Array.isArray(literal)) {
    const plain = literal.every((item) => typeof item !== 'object' || item === null);
    return plain ? `[${literal.map(literalText).join(', ')}]` : canonicalJson(literal);
  }
  return canonicalJson(literal);
}

/** A parameter's value: the liquidity fraction in percent, anything but a number as it is written. */
export function parameterValueText(name: string, value: Json): string {
  return typeof value === 'number' ? parameterText(name, value) : literalText(value);
}

/** `patience (3)`: the name and what it stands for. */
function referenceText(name: string, parameters: Parameters): string {
  const value = parameters.get(name);
  return `${name} (${value === undefined ? 'not set' : parameterValueText(name, value)})`;
}

/** A value of a condition or an action in plain text: `2 * remaining_amount`, `patience (3)`. */
export function valueText(json: Json | undefined, parameters: Parameters, depth = 0): string {
  if (json === undefined) return '(missing)';
  if (depth > maxTextDepth) return '…';
  if (!isJsonObject(json)) return literalText(json);
  const { field, param, value, compute } = json;
  if (Object.keys(json).length !== 1) return canonicalJson(json);
  if (typeof field === 'string') return field;
  if (typeof param === 'string') return referenceText(param, parameters);
  if (value !== undefined) return literalText(value);
  if (isJsonObject(compute)) return computationText(compute, parameters, depth + 1);
  return canonicalJson(json);
}

function computationText(json: JsonObject, parameters: Parameters, depth: number): string {
  const { left, right, values } = json;
  const op = typeof json.op === 'string' ? json.op : '';
  const text = (member: Json | undefined) => valueText(member, parameters, depth);
  if (infix.has(op) && hasOnly(json, ['op', 'left', 'right'])) {
    return `${bracketed(left, text)} ${op} ${bracketed(right, text)}`;
  }
  if ((op === 'max' || op === 'min') && Array.isArray(values) && hasOnly(json, ['op', 'values'])) {
    return `${op}(${values.map(text).join(', ')})`;
  }
  const members = Object.hasOwn(functions, op) ? functions[op] : undefined;
  if (members !== undefined && hasOnly(json, ['op', ...members])) {
    return `${op}(${members.map((member) => text(json[member])).join(', ')})`;
  }
  return canonicalJson(json);
}

function bracketed(json: Json | undefined, text: (json: Json | undefined) => string): string {
  const inner = isJsonObject(json) && isJsonObject(json.compute) && infix.has(json.compute.op);
  return inner ? `(${text(json)})` : text(json);
}

/** What has a member that the text would leave out is written as JSON instead. */
function hasOnly(json: JsonObject, members: readonly string[]): boolean {
  return Object.keys(json).every((key) => members.includes(key));
}

const comparisons: ReadonlySet<Json | undefined> = new Set(['==', '!=', '<', '<=', '>', '>=']);

export function isComparison(op: Json | undefined): op is ComparisonSign {
  return comparisons.has(op);
}

/** A condition in plain text: `ticks_to_deadline <= patience (3)`; what is not known stays JSON. */
export function expressionText(json: Json | undefined, parameters: Parameters, depth = 0): string {
  if (json === undefined) return '(no condition)';
  if (depth > maxTextDepth) return '…';
  if (!isJsonObject(json)) return canonicalJson(json);
  const { op, left, right, conditions, condition } = json;
  if (isComparison(op) && hasOnly(json, ['op', 'left', 'right'])) {
    return `${valueText(left, parameters, depth)} ${op} ${valueText(right, parameters, depth)}`;
  }
  if ((op === 'and' || op === 'or') && Array.isArray(conditions) && hasOnly(json, ['op', 'conditions'])) {
    if (conditions.length === 0) return `${op}()`;
    return conditions.map((part) => partText(part, parameters, depth + 1)).join(` ${op} `);
  }
  if (op === 'not' && hasOnly(json, ['op', 'condition'])) {
    return `not (${expressionText(condition, parameters, depth + 1)})`;
  }
  return canonicalJson(json);
}

function partText(json: Json, parameters: Parameters, depth: number): string {
  const text = expressionText(json, parameters, depth);
  return isJsonObject(json) && (json.op === 'and' || json.op === 'or') ? `(${text})` : text;
}

/** What a node does or asks, in one line: `balance >= 2000`, `Hold (reason “AwaitingInflows”)`. */
export function nodeText(node: StoredNode, parameters: Parameters): string {
  switch (node.kind) {
    case 'condition':
      return `${expressionText(node.expression, parameters)}${othersText(node)}`;
    case 'action':
      return `${actionText(node, parameters)}${othersText(node)}`;
    case 'odd':
      return node.json === undefined ? '…' : canonicalJson(node.json);
  }
}

function actionText(node: ActionNode, parameters: Parameters): string {
  const name = node.action === '' ? '(no action)' : node.action;
  const given = [...node.parameters].map(([key, value]) => `${key} ${valueText(value, parameters)}`);
  return given.length === 0 ? name : `${name} (${given.join(', ')})`;
}

/** Members that no node has by its kind, so that nothing stored goes unseen. */
function othersText({ others }: StoredNode): string {
  return [...others].map(([key, value]) => `; ${key}: ${canonicalJson(value)}`).join('');
}
