import { describe, expect, it } from 'vitest';

import { isNaiveTime, naiveTime, naiveTimeOf } from './storedTime.ts';

describe('naive time', () => {
  it('is what the clock on the wall shows', () => {
    expect(naiveTimeOf(new Date(2026, 0, 2, 3, 4, 5, 6))).toBe('2026-01-02T03:04:05.006000');
  });

  it.each([
    '2026-01-02T03:04:05.006000Z',
    '2026-01-02T03:04:05.006000+01:00',
    '2026-01-02 03:04:05.006000',
    '2026-01-02T03:04:05',
    '2026-01-02T03:04:05.006',
  ])('refuses %s', (text) => {
    expect(isNaiveTime(text)).toBe(false);
    expect(() => naiveTime(text)).toThrow(text);
  });
});
