import type { Json } from '../../../lib/json.ts';
import type { Comparison, Test } from './ast.ts';
import { refuse, refuseOtherKeys, requireObject, type LoadContext } from './loadContext.ts';
import { loadNumeric } from './loadNumeric.ts';

const comparisons: readonly Comparison[] = ['==', '!=', '<', '<=', '>', '>='];

/** The expression of a condition node: a comparison, or `and`, `or`, `not` over expressions. */
export function loadTest(context: LoadContext, json: Json | undefined, path: string): Test | undefined {
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
