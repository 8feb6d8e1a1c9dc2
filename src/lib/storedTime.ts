/** Times as writers store them: local time without a zone, with one, a date alone, or a text that is no time. */

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
export type Duration =
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
