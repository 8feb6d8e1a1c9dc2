import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assumedLines, foldText, sliceText } from './LongText.tsx';

test('slices joined are the text, and each but the last ends a line', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '<') }), fc.nat(20), (text, size) => {
      const slices = sliceText(text, size + 1);
      expect(slices.join('')).toBe(text);
      expect(slices.slice(0, -1).every((slice) => slice.endsWith('\n'))).toBe(true);
      expect(slices).not.toContain('');
    }),
  );
});

test('200 kB in lines become about 50 slices, in one line a single one', () => {
  const lines = 'x'.repeat(99).concat('\n').repeat(2_000);
  expect(sliceText(lines)).toHaveLength(50);
  expect(sliceText('x'.repeat(200_000))).toHaveLength(1);
});

test('a text is folded after so many lines', () => {
  const text = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n');
  expect(foldText(text, 12)).toEqual({
    head: Array.from({ length: 12 }, (_, line) => `line ${line}`).join('\n'),
    folded: true,
  });
});

test('a long line is folded by its characters, and what little would be hidden is shown', () => {
  expect(foldText('x'.repeat(10_000), 2)).toEqual({ head: 'x'.repeat(240), folded: true });
  expect(foldText('x'.repeat(250), 2)).toEqual({ head: 'x'.repeat(250), folded: false });
  expect(foldText('a\nb\nc\n', 3)).toEqual({ head: 'a\nb\nc\n', folded: false });
  expect(foldText('', 3)).toEqual({ head: '', folded: false });
});

test('height is guessed from lines and their length', () => {
  expect(assumedLines('a\nb\n')).toBe(2);
  expect(assumedLines('a\n\n')).toBe(2);
  expect(assumedLines('x'.repeat(300))).toBe(3);
});
