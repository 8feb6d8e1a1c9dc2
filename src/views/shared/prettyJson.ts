import { stringify } from 'lossless-json';

import { parseJson } from '../../lib/json.ts';

/** JSON text set out over lines; a text that is not JSON stays as it is. Integers keep all their digits. */
export function prettyJson(text: string): string {
  const parsed = parseJson(text);
  return parsed.ok ? (stringify(parsed.value, undefined, 2) ?? text) : text;
}
