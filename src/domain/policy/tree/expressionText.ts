import { canonicalJson, isJsonObject, type Json } from '../../../lib/json.ts';
import type { ComparisonSign } from './facts.ts';
import { hasOnly, maxTextDepth, valueText, type Parameters } from './valueText.ts';

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
