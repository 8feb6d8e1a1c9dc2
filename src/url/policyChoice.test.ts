import fc from 'fast-check';
import { expect, it } from 'vitest';

import { formatPolicyChoice, parsePolicyChoice } from './fields.ts';

it('a chosen policy comes back from an address, whatever its agent is called', () => {
  const choice = fc.record({
    agent: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
    iteration: fc.nat(999_999_999),
    which: fc.constantFrom('force' as const, 'proposed' as const),
  });
  fc.assert(
    fc.property(choice, (chosen) => {
      expect(parsePolicyChoice(formatPolicyChoice(chosen))).toEqual(chosen);
    }),
  );
});

it.each(['BANK_A', 'BANK_A.3', 'BANK_A.x.force', 'BANK_A.3.other', '.3.force'])(
  '%s names no policy',
  (text) => {
    expect(parsePolicyChoice(text)).toBeUndefined();
  },
);
