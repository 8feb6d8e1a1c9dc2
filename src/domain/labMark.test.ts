import { expect, it } from 'vitest';

import { labMark, labRules, rulesOfMark } from './labMark.ts';

it('is read as it is written', () => {
  expect(rulesOfMark(labMark)).toBe(labRules);
});

it.each([
  undefined,
  '',
  'my first run',
  'Iterscope lab',
  `${labMark} `,
  `on ${labMark}`,
  'Iterscope lab, rules 1.5',
])('is not seen in %j', (description) => {
  expect(rulesOfMark(description)).toBeUndefined();
});
