import { type Json, type JsonObject, isJsonObject } from '../../../lib/json.ts';
import {
  type BinaryOperator,
  type ExtremeOperator,
  type Numeric,
  type UnaryOperator,
  fieldRefusal,
  isBankField,
  isPaymentField,
  type TreeName,
} from './ast.ts';

/** Something that keeps a policy from being loaded; `path` leads to it (`payment_tree.on_true.action`). */
export interface PolicyProblem {
  readonly path: string;
  readonly message: string;
}

/** Where loading stands: the tree, its parameters, and the problems found so far, all trees together. */
export interface LoadContext {
  readonly tree: TreeName;
  readonly parameters: ReadonlyMap<string, number>;
  readonly nodeIds: Set<string>;
  readonly problems: PolicyProblem[];
}

/** Notes a problem; returns undefined, as what could not be read, so that a reader can end with it. */
export function refuse<T>(
  context: { problems: PolicyProblem[] },
  path: string,
  message: string,
): T | undefined {
  context.problems.push({ path, message });
  return undefined;
}

/** Refuses every key of `object` that nothing reads: an unread key is a wish that would be ignored silently. */
export function refuseOtherKeys(
  context: { problems: PolicyProblem[] },
  object: JsonObject,
  path: string,
  known: readonly string[],
): void {
  for (const key of Object.keys(object)) {
    if (!known.includes(key)) refuse(context, `${path}.${key}`, `"${key}" is not read here`);
  }
}

export function requireObject(
  context: { problems: PolicyProblem[] },
  value: Json | undefined,
  path: string,
): JsonObject | undefined {
  return isJsonObject(value) ? value : refuse(context, path, 'an object is expected here');
}

const binary: readonly BinaryOperator[] = ['+', '-', '*', '/'];
const extreme: readonly ExtremeOperator[] = ['max', 'min'];
const unary: readonly UnaryOperator[] = ['ceil', 'floor', 'round', 'abs'];

function loadField(context: LoadContext, name: Json | undefined, path: string): Numeric | undefined {
  if (typeof name !== 'string') return refuse(context, path, 'the name of a field is expected here');
  const refusal = fieldRefusal(name, context.tree === 'payment_tree');
  if (refusal !== undefined) return refuse(context, path, refusal);
  return isBankField(name) || isPaymentField(name)
    ? { kind: 'field', name }
    : { kind: 'register', key: name };
}

function loadParameter(context: LoadContext, name: Json | undefined, path: string): Numeric | undefined {
  const value = typeof name === 'string' ? context.parameters.get(name) : undefined;
  return value === undefined
    ? refuse(context, path, `the parameter ${JSON.stringify(name)} is not defined`)
    : { kind: 'number', value };
}

function loadLiteral(context: LoadContext, value: Json | undefined, path: string): Numeric | undefined {
  if (typeof value === 'boolean') return { kind: 'number', value: value ? 1 : 0 };
  return typeof value === 'number' && Number.isFinite(value)
    ? { kind: 'number', value }
    : refuse(context, path, 'a number is expected here');
}

function loadComputation(context: LoadContext, json: Json | undefined, path: string): Numeric | undefined {
  const object = requireObject(context, json, path);
  if (object === undefined) return undefined;
  const part = (key: string) => loadNumeric(context, object[key], `${path}.${key}`);
  const keys = (...names: string[]) => refuseOtherKeys(context, object, path, ['op', ...names]);
  const op = object.op;

  const binaryOp = binary.find((known) => known === op);
  if (binaryOp !== undefined) {
    keys('left', 'right');
    const left = part('left');
    const right = part('right');
    return left && right && { kind: 'binary', op: binaryOp, left, right };
  }
  const extremeOp = extreme.find((known) => known === op);
  if (extremeOp !== undefined) {
    keys('values');
    return loadExtreme(context, object, path, extremeOp);
  }
  const unaryOp = unary.find((known) => known === op);
  if (unaryOp !== undefined) {
    keys('value');
    const value = part('value');
    return value && { kind: 'unary', op: unaryOp, value };
  }
  if (op === 'clamp') {
    keys('value', 'min', 'max');
    const value = part('value');
    const min = part('min');
    const max = part('max');
    return value && min && max && { kind: 'clamp', value, min, max };
  }
  if (op === 'div0') {
    keys('numerator', 'denominator', 'default');
    const numerator = part('numerator');
    const denominator = part('denominator');
    const fallback = part('default');
    return numerator && denominator && fallback && { kind: 'div0', numerator, denominator, fallback };
  }
  return refuse(context, `${path}.op`, `the computation ${JSON.stringify(op)} is not known`);
}

function loadExtreme(
  context: LoadContext,
  object: JsonObject,
  path: string,
  op: ExtremeOperator,
): Numeric | undefined {
  const items = object.values;
  if (!Array.isArray(items) || items.length === 0) {
    return refuse(context, `${path}.values`, `"${op}" needs an array of at least one value`);
  }
  const values = items.map((item, i) => loadNumeric(context, item, `${path}.values[${i}]`));
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? { kind: 'extreme', op, values: known } : undefined;
}

/** A value that must be a number: `{field}`, `{param}`, `{value}` or `{compute}`, exactly one of them. */
export function loadNumeric(context: LoadContext, json: Json | undefined, path: string): Numeric | undefined {
  const object = requireObject(context, json, path);
  if (object === undefined) return undefined;
  const [key, ...others] = Object.keys(object);
  if (key === undefined || others.length > 0) {
    return refuse(context, path, 'a value has exactly one of the keys field, param, value, compute');
  }
  if (key === 'field') return loadField(context, object.field, path);
  if (key === 'param') return loadParameter(context, object.param, path);
  if (key === 'value') return loadLiteral(context, object.value, path);
  if (key === 'compute') return loadComputation(context, object.compute, `${path}.compute`);
  return refuse(context, path, `the kind of value "${key}" is not known`);
}
