import { naiveTime, type NaiveTime } from '../lib/storedTime.ts';

/** A clock that shows the same time for ever: what differs between two runs is then not the time. */
export const stoppedClock = (): NaiveTime => naiveTime('2026-11-23T10:00:00.000000');
export const stoppedWatch = (): number => 0;
