import { expect, test } from 'vitest';

import { durationBetween, formatTime, isTime } from './storedTime.ts';

test('a time is shown with the zone it is stored with, a text that is none as it stands', () => {
  expect(formatTime('2025-12-15T08:49:01.906403')).toBe('2025-12-15 08:49:01');
  expect(formatTime('2026-01-05T10:15:00Z', 'minutes')).toBe('2026-01-05 10:15Z');
  expect(formatTime('2026-03-29 01:30:00.5+01', 'minutes')).toBe('2026-03-29 01:30+01');
  expect(formatTime('2026-01-05')).toBe('2026-01-05');
  expect(formatTime('1767607200.5')).toBe('1767607200.5');
  expect(formatTime('Tuesday')).toBe('Tuesday');
  expect(formatTime('')).toBe('an empty text');
});

test('a duration takes both zones into account', () => {
  expect(durationBetween('2026-11-23T04:53:50.9', '2026-11-23 04:54:13.9')).toEqual({ seconds: 23 });
  expect(durationBetween('2026-01-05T10:15:00Z', '2026-01-05T10:45:00Z')).toEqual({ seconds: 1800 });
  expect(durationBetween('2026-03-29T01:30:00+01:00', '2026-03-29T03:30:00+02:00')).toEqual({
    seconds: 3600,
  });
  expect(durationBetween('2026-03-29 00:30:00+00', '2026-03-29T03:30:00+0200')).toEqual({ seconds: 3600 });
  expect(durationBetween('2026-03-29T23:30:00-0530', '2026-03-30T05:00Z')).toEqual({ seconds: 0 });
});

test('times that do not tell a duration say why', () => {
  const why = (start: string | undefined, end: string | undefined) => durationBetween(start, end).unknown;
  expect(why('2026-01-05T10:15:00', undefined)).toBe('no completion time is stored');
  expect(why(undefined, '2026-01-05T10:15:00')).toBe('no start time is stored');
  expect(why('2026-01-05', '2026-01-06')).toBe('unknown: a date is stored without a time of day');
  expect(why('2026-01-05T10:15:00Z', '2026-01-05T10:45:00')).toMatch(/one time is stored with a zone/);
  expect(why('2026-10-25T02:50:00', '2026-10-25T02:10:00')).toMatch(/ends before it starts, by local times/);
  expect(why('2026-10-25T02:50:00Z', '2026-10-25T02:10:00Z')).toMatch(/stored to end before it starts/);
  expect(why('1767607200.5', '1767607260.5')).toBe('the start is stored as 1767607200.5, which is no time');
  expect(why('2026-01-05T10:15', '')).toBe('the completion is stored as an empty text, which is no time');
  expect(why('2026-02-31T99:15', '2026-03-01T00:00')).toMatch(/which is no time/);
  expect(isTime('2026-13-01')).toBe(false);
});
