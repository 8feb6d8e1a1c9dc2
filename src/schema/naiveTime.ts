import type { Brand } from '../lib/units.ts';

/**
 * Local wall-clock time of the machine that wrote it, without a zone: `2026-11-23T04:53:50.906403`.
 * Always six digits of a second, so that equal times are equal text and text sorts as time does.
 */
export type NaiveTime = Brand<string, 'NaiveTime'>;

const pattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}$/;

export function isNaiveTime(value: unknown): value is NaiveTime {
  return typeof value === 'string' && pattern.test(value);
}

export function naiveTime(text: string): NaiveTime {
  if (!isNaiveTime(text)) throw new RangeError(`not a naive time with microseconds: ${text}`);
  return text;
}

/** What a clock on the wall shows at `date`; milliseconds are all that JavaScript knows. */
export function naiveTimeOf(date: Date): NaiveTime {
  const two = (value: number): string => value.toString().padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return naiveTime(`${day}T${time}.${date.getMilliseconds().toString().padStart(3, '0')}000`);
}
