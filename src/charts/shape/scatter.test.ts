import { expect, test } from 'vitest';

import {
  levelOf,
  levelWords,
  rowsAt,
  scatterModel,
  scatterStops,
  shareAlong,
  stretchOf,
  valueAlong,
  type ScatterColumn,
} from './scatter.ts';

interface Row {
  readonly share?: number | string;
  readonly cents?: bigint;
  readonly agent?: string;
}

const share: ScatterColumn<Row> = {
  name: 'share',
  isNumber: true,
  value: (row) => row.share,
  formatTick: String,
};
const money: ScatterColumn<Row> = { ...share, name: 'cents', value: (row) => row.cents };
const agent: ScatterColumn<Row> = { ...share, name: 'agent', isNumber: false, value: (row) => row.agent };

test('rows without a number across are counted, those without one upwards stand on the rail', () => {
  const rows: readonly Row[] = [
    { share: 0.5, cents: 300n },
    { share: 'NaN', cents: 1n },
    { share: Infinity, cents: 1n },
    { cents: 2n },
    { share: 0.1 },
    { share: 0.5, cents: 300n },
  ];
  const model = scatterModel(rows, share, money);
  expect(model).toMatchObject({ withoutX: 3, withoutY: 1 });
  expect([...model.xs]).toEqual([0.5, 0.1, 0.5]);
  expect([...model.ys]).toEqual([300, NaN, 300]);
  expect(rowsAt(model, 2)).toEqual([0, 2]);
  expect(rowsAt(model, 1)).toEqual([1]);
  expect(model.y.isWhole).toBe(true);
  expect(model.x.isWhole).toBe(false);
  // The keyboard visits each place once, the rail below all others.
  const stops = scatterStops(model);
  expect(stops.byX).toEqual([1, 0]);
  expect(stops.byY).toEqual([1, 0]);
  expect([stops.atX(2), stops.atY(2)]).toEqual([1, 1]);
});

test('words stand in their order; a rectangle takes those whose places it covers', () => {
  const rows: readonly Row[] = ['BANK_B', 'BANK_10', 'BANK_2', 'BANK_B'].map((name) => ({ agent: name }));
  const { x } = scatterModel(rows, agent, agent);
  expect(x.categories).toEqual(['BANK_2', 'BANK_10', 'BANK_B']);
  expect(stretchOf(x, 1.6, -0.2)).toEqual({ words: ['BANK_2', 'BANK_10'] });
  expect(stretchOf(x, 0.2, 0.4)).toEqual({ words: [] });
});

test('a rectangle has round ends, and whole ones among whole numbers', () => {
  const axisOf = (low: number, high: number) =>
    scatterModel([{ share: low }, { share: high }], share, share).x;
  expect(stretchOf(axisOf(0, 0.52), 0.11372, 0.24291)).toEqual({ range: [0.114, 0.243] });
  expect(stretchOf(axisOf(0, 30), 3.2, 7.9)).toEqual({ range: [4, 7] });
  expect(stretchOf(axisOf(-9000, 12_000), 7_777, -1_234)).toEqual({ range: [-1230, 7780] });
});

test('the ends of the largest numbers are places too', () => {
  const { x } = scatterModel([{ share: -1.7e308 }, { share: 1.7e308 }], share, share);
  expect(shareAlong(x, 0)).toBeCloseTo(0.5);
  expect(valueAlong(x, 0.5)).toBeCloseTo(0);
  expect(shareAlong(x, 1.7e308)).toBeLessThanOrEqual(1);
  expect(x.ticks(5).every(Number.isFinite)).toBe(true);
  const alone = scatterModel([{ share: 5 }], share, share).x;
  expect(shareAlong(alone, 5)).toBeCloseTo(0.5);
});

test('steps of how many lie in a square', () => {
  expect([1, 2, 9, 10, 99, 100, 999, 1000, 1e6].map((count) => levelWords[levelOf(count)])).toEqual([
    '1',
    '2 to 9',
    '2 to 9',
    '10 to 99',
    '10 to 99',
    '100 to 999',
    '100 to 999',
    '1,000 and more',
    '1,000 and more',
  ]);
});
