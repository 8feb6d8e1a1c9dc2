import { expect, test } from 'vitest';

import { agentId } from '../../lib/ids.ts';
import { inWords } from './runOutline.ts';

test('a few banks are named, of many the first', () => {
  const banks = ['A', 'B', 'C', 'D', 'E', 'F', 'G'].map(agentId);
  expect(inWords(banks.slice(0, 2))).toBe('A and B');
  expect(inWords(banks.slice(0, 5))).toBe('A, B, C, D and E');
  expect(inWords(banks)).toBe('A, B, C, D and 3 others');
});
