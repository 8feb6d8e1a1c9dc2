import { expect, test } from 'vitest';
import { moveInGrid } from './useGridFocus.ts';
import { windowIndexes } from './useGridWindow.ts';

const extent = { rows: 100_000, columns: 5, pageRows: 20 };
const move = (row: number, column: number, key: string, control = false) => {
  const to = moveInGrid({ row, column }, key, control, extent);
  return to === undefined ? undefined : [to.row, to.column];
};

test('arrows stop at the edges; up from the first row leads to the headings', () => {
  expect(move(0, 0, 'ArrowDown')).toEqual([1, 0]);
  expect(move(0, 2, 'ArrowUp')).toEqual([-1, 2]);
  expect(move(-1, 2, 'ArrowUp')).toEqual([-1, 2]);
  expect(move(99_999, 4, 'ArrowDown')).toEqual([99_999, 4]);
  expect(move(3, 4, 'ArrowRight')).toEqual([3, 4]);
  expect(move(3, 0, 'ArrowLeft')).toEqual([3, 0]);
});

test('Home and End stay in the row, with Control they leave it', () => {
  expect(move(7, 3, 'Home')).toEqual([7, 0]);
  expect(move(7, 3, 'End')).toEqual([7, 4]);
  expect(move(7, 3, 'Home', true)).toEqual([0, 0]);
  expect(move(7, 3, 'End', true)).toEqual([99_999, 4]);
});

test('pages pass over pageRows and never into the headings', () => {
  expect(move(5, 1, 'PageDown')).toEqual([25, 1]);
  expect(move(99_990, 1, 'PageDown')).toEqual([99_999, 1]);
  expect(move(5, 1, 'PageUp')).toEqual([0, 1]);
  expect(move(-1, 1, 'PageUp')).toEqual([-1, 1]);
});

test('an empty grid has only its headings', () => {
  const empty = { rows: 0, columns: 2, pageRows: 20 };
  expect(moveInGrid({ row: -1, column: 0 }, 'ArrowDown', false, empty)).toEqual({ row: -1, column: 0 });
  expect(moveInGrid({ row: -1, column: 0 }, 'Home', true, empty)).toEqual({ row: -1, column: 0 });
});

test("other keys are not the grid's", () => {
  expect(move(1, 1, 'a')).toBeUndefined();
  expect(move(1, 1, 'Enter')).toBeUndefined();
});

test('the focused row is drawn wherever it is, once and in order', () => {
  const range = { startIndex: 500, endIndex: 520, overscan: 8, count: 100_000 };
  expect(windowIndexes(range, undefined)).toHaveLength(37);
  expect(windowIndexes(range, 510)).toHaveLength(37);
  expect(windowIndexes(range, 3).slice(0, 2)).toEqual([3, 492]);
  expect(windowIndexes(range, 99_999).slice(-2)).toEqual([528, 99_999]);
  expect(windowIndexes(range, -1)).toHaveLength(37);
});
