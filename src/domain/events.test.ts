import { expect, test } from 'vitest';

import type { EventRow } from './answers/runs.ts';
import {
  eventsInto,
  eventTitle,
  eventTypeOf,
  isOffset,
  offsetEvents,
  settlingEvents,
  titleOf,
} from './events.ts';

test('an unknown type stands as it is stored', () => {
  expect(eventTitle('QueuedRtgs')).toBe('waits in Queue 2');
  expect(eventTitle('SomethingNew')).toBe('SomethingNew');
  expect(eventTypeOf('SomethingNew')).toBeUndefined();
  expect(eventTypeOf('toString')).toBeUndefined();
});

test('a withdrawn payment is in no queue of the original, and in Queue 1 of our lab', () => {
  expect(eventsInto('neither', false)).toContain('RtgsWithdrawal');
  expect(eventsInto('queue 1', true)).toEqual(['Arrival', 'RtgsWithdrawal']);
  expect(eventsInto('queue 1', false)).toEqual(['Arrival', 'RtgsResubmission']);
  expect(eventsInto('queue 2', false)).toEqual(['QueuedRtgs']);
});

test('an offset is no settlement by itself', () => {
  const outcome = (kind: NonNullable<EventRow['outcome']>['kind']) =>
    titleOf({
      eventType: 'LsmBilateralOffset',
      outcome: { kind, settledPayments: 2, refusal: undefined },
    });
  expect(outcome('refused')).toBe('offset refused');
  expect(outcome('settled in a later pass')).toBe('two banks offset');
  expect(outcome('settled in a later pass, another set of payments')).toBe('offset of two banks');
  expect(titleOf({ eventType: 'LsmCycleSettlement' })).toBe('cycle of banks');
  expect(offsetEvents).toEqual(['LsmBilateralOffset', 'EntryDispositionOffset', 'LsmCycleSettlement']);
  expect(settlingEvents).toEqual(['RtgsImmediateSettlement', 'Queue2LiquidityRelease']);
  expect(isOffset('Settlement')).toBe(false);
});
