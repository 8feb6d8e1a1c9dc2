import { expect, it } from 'vitest';

import { cents } from '../../../lib/units.ts';
import { gapPanel, gapTable } from './runPanel.ts';

const gap = (tick: number, value: number) => ({ tick, costGapCents: cents(value) });

it('a gap is a line of steps around zero, each from the tick after the one before', () => {
  const panel = gapPanel([gap(1, -750), gap(3, -1500)]);
  expect(panel.lines[0]?.points.map(({ iteration, value }) => [iteration, value])).toEqual([
    [-0.5, -750],
    [1.5, -1500],
    [3.5, -1500],
  ]);
  expect(panel.labels.map(({ text }) => text)).toEqual(['−$15.00']);
  expect(panel.rules).toEqual([{ value: 0, label: '' }]);
  const table = gapTable([gap(1, -750), gap(3, -1500)]);
  expect(table.rows.map(({ fromTick, toTick, lastCents }) => [fromTick, toTick, lastCents])).toEqual([
    [0, 1, -750n],
    [2, 3, -1500n],
  ]);
});

it('no gap at any tick is said, one that closes again is drawn', () => {
  expect(gapPanel([gap(0, 0), gap(1, 0)]).emptyText).toContain('the same');
  expect(gapPanel([gap(0, 500), gap(1, 0)]).emptyText).toBeUndefined();
});
