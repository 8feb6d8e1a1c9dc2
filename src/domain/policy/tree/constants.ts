import { isJsonObject, type Json, type JsonObject, canonicalJson } from '../../../lib/json.ts';
import type { Parameters } from './policyText.ts';

/** What is nested deeper is taken for unknown. */
const maxDepth = 100;

const unary: Readonly<Record<string, (value: number) => number>> = {
  ceil: Math.ceil,
  floor: Math.floor,
  // Half away from zero, as `interpret/evaluate.ts` rounds.
  round: (value) => Math.sign(value) * Math.round(Math.abs(value)),
  abs: Math.abs,
};

/** The number that a value always has: a literal, a parameter's number, or computed from such; else undefined. */
export function constantOf(json: Json | undefined, parameters: Parameters, depth = 0): number | undefined {
  if (!isJsonObject(json) || Object.keys(json).length !== 1 || depth > maxDepth) return undefined;
  if (typeof json.param === 'string') return numberOf(parameters.get(json.param));
  if (json.value !== undefined) return numberOf(json.value);
  return isJsonObject(json.compute) ? computed(json.compute, parameters, depth + 1) : undefined;
}

function numberOf(json: Json | undefined): number | undefined {
  if (typeof json === 'bigint') return Number(json);
  return typeof json === 'number' && Number.isFinite(json) ? json : undefined;
}

function computed(json: JsonObject, parameters: Parameters, depth: number): number | undefined {
  const constant = (member: Json | undefined) => constantOf(member, parameters, depth);
  const op = typeof json.op === 'string' ? json.op : '';
  switch (op) {
    case '+':
    case '-':
    case '*':
    case '/':
      return binary(op, constant(json.left), constant(json.right));
    case 'max':
    case 'min': {
      const values = Array.isArray(json.values) ? json.values.map(constant) : [];
      const known = values.filter((value) => value !== undefined);
      if (known.length === 0 || known.length < values.length) return undefined;
      return op === 'max' ? Math.max(...known) : Math.min(...known);
    }
    case 'clamp': {
      const [value, min, max] = [constant(json.value), constant(json.min), constant(json.max)];
      if (value === undefined || min === undefined || max === undefined) return undefined;
      return Math.min(Math.max(value, min), max);
    }
    case 'div0': {
      const divisor = constant(json.denominator);
      return divisor === 0 ? constant(json.default) : binary('/', constant(json.numerator), divisor);
    }
    default: {
      const apply = Object.hasOwn(unary, op) ? unary[op] : undefined;
      const value = constant(json.value);
      return apply === undefined || value === undefined ? undefined : apply(value);
    }
  }
}

function binary(op: '+' | '-' | '*' | '/', left: number | undefined, right: number | undefined) {
  if (left === undefined || right === undefined) return undefined;
  switch (op) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : left / right;
  }
}

/** JSON with every constant part replaced by its number, so that `patience` and 3 compare as the same. */
function resolve(json: Json, parameters: Parameters, depth = 0): Json | undefined {
  if (depth > maxDepth) return undefined;
  const constant = constantOf(json, parameters);
  if (constant !== undefined) return { value: constant };
  if (Array.isArray(json)) {
    const items = json.map((item) => resolve(item, parameters, depth + 1));
    return items.every((item) => item !== undefined) ? items : undefined;
  }
  if (!isJsonObject(json)) return json;
  const members: Record<string, Json> = {};
  for (const [key, member] of Object.entries(json)) {
    const resolved = resolve(member, parameters, depth + 1);
    if (resolved === undefined) return undefined;
    members[key] = resolved;
  }
  return members;
}

/** Text by which two expressions are known to have the same value; undefined for what nests too deep. */
export function resolvedText(json: Json | undefined, parameters: Parameters): string | undefined {
  const resolved = json === undefined ? undefined : resolve(json, parameters);
  return resolved === undefined ? undefined : canonicalJson(resolved);
}
