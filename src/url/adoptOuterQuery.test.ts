import { expect, it } from 'vitest';

import { adoptOuterQuery } from './givenAddress.ts';

const known = new Set(['db', 'agent']);

it.each([
  ['http://h/?db=sample', 'http://h/#/?db=sample&v=1'],
  [
    'http://h/app/?db=sample&db=https%3A%2F%2Fx%2Fa.db#/experiments',
    'http://h/app/#/experiments?db=sample&db=https%3A%2F%2Fx%2Fa.db&v=1',
  ],
  [
    'http://h/?db=sample&agent=A#/experiments/a%3Fb?agent=B',
    'http://h/#/experiments/a%3Fb?db=sample&agent=B&v=1',
  ],
])('moves what stands before the fragment into it: %s', (given, moved) => {
  expect(adoptOuterQuery(given, known)).toBe(moved);
});

it('leaves every other address alone', () => {
  expect(adoptOuterQuery('http://h/?utm=1#/experiments?db=sample', known)).toBeUndefined();
});
