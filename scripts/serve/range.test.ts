import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseRange } from './range.ts';

describe('parseRange', () => {
  it.each([
    ['bytes=0-0', 10, { kind: 'part', first: 0, last: 0 }],
    ['bytes=2-5', 10, { kind: 'part', first: 2, last: 5 }],
    ['bytes=2-', 10, { kind: 'part', first: 2, last: 9 }],
    ['bytes=-3', 10, { kind: 'part', first: 7, last: 9 }],
    ['bytes=-30', 10, { kind: 'part', first: 0, last: 9 }],
    ['bytes=8-99999999999999999999999', 10, { kind: 'part', first: 8, last: 9 }],
    ['Bytes = 1-2 ', 10, { kind: 'part', first: 1, last: 2 }],
    ['bytes=10-', 10, { kind: 'unsatisfiable' }],
    ['bytes=-0', 10, { kind: 'unsatisfiable' }],
    ['bytes=0-', 0, { kind: 'unsatisfiable' }],
    ['bytes=-5', 0, { kind: 'unsatisfiable' }],
  ])('%s of %d bytes', (header, size, answer) => {
    expect(parseRange(header, size)).toEqual(answer);
  });

  it.each([
    undefined,
    '',
    'bytes=',
    'bytes=-',
    'bytes=5-2',
    'bytes=0-1,4-5',
    'lines=0-1',
    'bytes=a-b',
    'bytes=1',
  ])('ignores %s', (header) => {
    expect(parseRange(header, 10)).toEqual({ kind: 'whole' });
  });

  it('never leaves the file, and gives exactly what was asked where the file has it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: 1 }), (a, b, size) => {
        const [first, last] = a < b ? [a, b] : [b, a];
        const answer = parseRange(`bytes=${first}-${last}`, size);
        if (first >= size) expect(answer.kind).toBe('unsatisfiable');
        else expect(answer).toEqual({ kind: 'part', first, last: Math.min(last, size - 1) });
      }),
    );
  });

  it('covers the file exactly when it is read piece by piece', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 700 }), (size, step) => {
        let covered = 0;
        while (covered < size) {
          const answer = parseRange(`bytes=${covered}-${covered + step - 1}`, size);
          if (answer.kind !== 'part') throw new Error(answer.kind);
          expect(answer.first).toBe(covered);
          covered = answer.last + 1;
        }
        expect(covered).toBe(size);
      }),
    );
  });

  it('takes any text without throwing', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (header, size) => {
        expect(['whole', 'part', 'unsatisfiable']).toContain(parseRange(`bytes=${header}`, size).kind);
      }),
    );
  });
});
