import { expect, test } from 'vitest';

import type { RunFacts, RunSummary } from '../../domain/answers/experiments.ts';
import { cents } from '../../lib/units.ts';
import { headFigures, meanDelayText } from './RunHead.tsx';

const row: RunFacts = {
  rowCount: 1,
  experimentId: undefined,
  link: undefined,
  role: undefined,
  status: 'completed',
  configName: undefined,
  seed: undefined,
  ticksPerDay: 12,
  dayCount: 2,
  arrivals: 30,
  settlements: 29,
  totalCostCents: cents(1234n),
};
const summary: RunSummary = {
  run: row,
  eventCounts: new Map(),
  eventCount: 0,
  tickCount: 0,
  arrivals: 0,
  settlements: { immediate: 0, fromQueue2: 0, offset: 0, inferred: 0, inParts: 0 },
  queued: 0,
  overdue: 0,
  overdueAtEnd: 0,
  disputed: 0,
  disputedOverdue: 0,
  delay: undefined,
  agents: [],
  totalCostCents: cents(0n),
  unreadable: {},
  deadlinePenaltyCents: cents(0n),
  endOfDayPenaltyCents: cents(0n),
};

test('without events the row speaks, and nothing counts as zero', () => {
  expect(headFigures(summary)).toEqual({
    ticks: 24,
    arrived: 30,
    settled: 29,
    queued: undefined,
    overdue: undefined,
    overdueAtEnd: undefined,
    costCents: 1234n,
  });
  expect(
    Object.values(headFigures({ ...summary, run: undefined })).filter((value) => value !== undefined),
  ).toEqual([]);
});

test('with events they speak, even where the row stores another count', () => {
  expect(headFigures({ ...summary, eventCount: 3, tickCount: 2, arrivals: 1 })).toMatchObject({
    ticks: 2,
    arrived: 1,
    settled: 0,
    costCents: 0n,
  });
});

test('the mean delay is rounded half up, from whole numbers', () => {
  const mean = (ticks: number, payments: number) => meanDelayText({ ticks, payments });
  expect(mean(0, 3)).toBe('0.0');
  expect(mean(1, 20)).toBe('0.1');
  expect(mean(49, 1000)).toBe('0.0');
  expect(mean(2, 3)).toBe('0.7');
  expect(mean(199, 200)).toBe('1.0');
  expect(mean(12345, 10)).toBe('1,234.5');
});
