import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PART_ROWS, partOf, partWith } from './PartBar.tsx';
import { ROW_HEIGHT } from './useGridWindow.ts';

it('a part fits what Firefox draws', () => {
  expect(PART_ROWS * ROW_HEIGHT).toBeLessThan(17_800_000);
});

it('every row of a table of any length is in exactly the part that is found for it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5_000_000 }), fc.nat(), (count, at) => {
      const row = at % count;
      const part = partOf(count, partWith(row));
      expect(row).toBeGreaterThanOrEqual(part.first);
      expect(row).toBeLessThan(part.first + part.rows);
      expect(part.rows).toBeLessThanOrEqual(PART_ROWS);
      const sizes = Array.from({ length: part.of }, (_, number) => partOf(count, number).rows);
      expect(sizes.reduce((sum, rows) => sum + rows, 0)).toBe(count);
    }),
  );
});

it('a table that became shorter shows its last part, an empty one its only', () => {
  expect(partOf(600_000, 7)).toEqual({ number: 1, of: 2, first: 500_000, rows: 100_000 });
  expect(partOf(0, 3)).toEqual({ number: 0, of: 1, first: 0, rows: 0 });
});
