/**
 * Milliseconds of a stored local time without a zone, on an arbitrary scale: good for differences within one
 * machine's times, never for a moment in the world.
 */
export function parseNaiveTime(text: string | undefined): number | undefined {
  if (text === undefined || !/^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/.test(text)) return undefined;
  const milliseconds = Date.parse(`${text.replace(' ', 'T').replace(/(\.\d{3})\d+$/, '$1')}Z`);
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}
