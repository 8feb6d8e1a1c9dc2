/** Times as writers store them: local time without a zone, with one, a date alone, or a text that is no time. */
import type { Brand } from './units.ts';

const form = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?$/i;

interface TimeParts {
  readonly date: string;
  /** `10:15` or `10:15:00`; undefined for a date alone. */
  readonly clock: string | undefined;
  readonly fraction: string;
  readonly zone: string | undefined;
}

function partsOf(text: string): TimeParts | undefined {
  const [, date, clock, fraction = '', zone] = form.exec(text.trim()) ?? [];
  return date === undefined ? undefined : { date, clock, fraction, zone };
}

/**
 * Milliseconds since 1970; of a time without a zone on an arbitrary scale, good for differences within one machine's
 * times. Undefined for a day that no calendar has.
 */
function millisecondsOf({ date, clock = '00:00', fraction, zone = 'Z' }: TimeParts): number | undefined {
  const offset = /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone.replace(/^([+-]\d\d)(\d\d)$/, '$1:$2');
  const seconds = clock.length === 5 ? `${clock}:00` : clock;
  const milliseconds = Date.parse(`${date}T${seconds}${fraction.slice(0, 4)}${offset.toUpperCase()}`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

/** Whether a stored text is a time of any of these forms. */
export function isTime(text: string): boolean {
  const parts = partsOf(text);
  return parts !== undefined && millisecondsOf(parts) !== undefined;
}

/** Whether it names its zone. */
export function hasZone(text: string): boolean {
  return partsOf(text)?.zone !== undefined;
}

/** `2026-11-23 04:53:50`, with its zone where it has one and without its fraction; anything else stands as stored. */
export function formatTime(text: string, upTo: 'seconds' | 'minutes' = 'seconds'): string {
  const parts = partsOf(text);
  if (parts === undefined) return text === '' ? 'an empty text' : text;
  const { date, clock, zone = '' } = parts;
  if (clock === undefined) return date;
  return `${date} ${upTo === 'minutes' ? clock.slice(0, 5) : clock}${zone}`;
}

/** How long something took by its two stored times, or why they do not tell. */
type Duration =
  | { readonly seconds: number; readonly unknown?: undefined }
  | { readonly seconds?: undefined; readonly unknown: string };

export function durationBetween(start: string | undefined, end: string | undefined): Duration {
  if (end === undefined) return { unknown: 'no completion time is stored' };
  if (start === undefined) return { unknown: 'no start time is stored' };
  const [from, to] = [partsOf(start), partsOf(end)];
  const [fromMs, toMs] = [from && millisecondsOf(from), to && millisecondsOf(to)];
  if (from === undefined || fromMs === undefined)
    return { unknown: `the start is stored as ${formatTime(start)}, which is no time` };
  if (to === undefined || toMs === undefined)
    return { unknown: `the completion is stored as ${formatTime(end)}, which is no time` };
  if (from.clock === undefined || to.clock === undefined)
    return { unknown: 'unknown: a date is stored without a time of day' };
  if ((from.zone === undefined) !== (to.zone === undefined))
    return { unknown: 'unknown: one time is stored with a zone, the other without' };
  if (toMs < fromMs)
    return {
      unknown:
        from.zone === undefined
          ? 'unknown: it ends before it starts, by local times without a zone'
          : 'unknown: it is stored to end before it starts',
    };
  return { seconds: (toMs - fromMs) / 1000 };
}

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
