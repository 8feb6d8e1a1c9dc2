import { expect, it } from 'vitest';

import type { JsonObject } from '../../lib/json.ts';
import { diffPolicies } from '../../domain/policy/diff/diffPolicies.ts';
import { markTrees } from '../../domain/policy/diff/marks.ts';
import { nodeText } from '../../domain/policy/tree/policyText.ts';
import { readPolicy } from '../../domain/policy/tree/readPolicy.ts';
import { signsOf, outlineRows } from './Outline.tsx';
const act = (action: string): JsonObject => ({ type: 'action', action });
const when = (field: string, right: JsonObject, onTrue: JsonObject, onFalse: JsonObject): JsonObject => ({
  type: 'condition',
  condition: { op: '<', left: { field }, right },
  on_true: onTrue,
  on_false: onFalse,
});

/** Every row as `signs depth text (rows below)`. */
function linesOf(
  before: JsonObject,
  after: JsonObject,
  patience: readonly [number, number] = [1, 1],
): string[] {
  const [old, now] = [
    readPolicy({ parameters: { patience: patience[0] }, payment_tree: before }),
    readPolicy({ parameters: { patience: patience[1] }, payment_tree: after }),
  ];
  const diff = diffPolicies(old, now);
  const [pair] = diff.trees;
  if (pair === undefined) throw new Error('no tree');
  const marked = markTrees(diff, pair);
  return outlineRows(pair, marked.before, marked.after).map(({ side, node, mark, depth, below }) => {
    const { parameters } = side === 'before' ? old : now;
    return `${signsOf(mark)} ${depth} ${nodeText(node, parameters)} (${below})`.trim();
  });
}

it('what is new, changed and never reached is marked in its line', () => {
  const small = when('x', { value: 3 }, act('Release'), act('Hold'));
  const large = when('x', { value: 5 }, act('Release'), when('x', { value: 4 }, act('Drop'), act('Hold')));
  expect(linesOf(small, large)).toEqual([
    '≠ 0 x < 5 (4)',
    '1 Release (0)',
    '+ 1 x < 4 (2)',
    '+∅ 2 Drop (0)',
    '2 Hold (0)',
  ]);
});

it('what is gone stands where it stood', () => {
  const large = when('x', { value: 3 }, act('Release'), when('y', { value: 4 }, act('Drop'), act('Hold')));
  const small = when('x', { value: 3 }, act('Release'), act('Hold'));
  expect(linesOf(large, small)).toEqual([
    '0 x < 3 (4)',
    '1 Release (0)',
    '− 1 y < 4 (1)',
    '− 2 Drop (0)',
    '1 Hold (0)',
  ]);
});

it('a condition whose parameter has another value is marked, though it says the same', () => {
  const tree = when('x', { param: 'patience' }, act('Release'), act('Hold'));
  expect(linesOf(tree, tree, [1, 2])[0]).toBe('≠ 0 x < patience (2) (2)');
});
