import { parseJson, type Json } from '../../lib/json.ts';

/** JSON text set out over lines; a text that is not JSON stays as it is. Integers keep all their digits. */
export function prettyJson(text: string): string {
  const parsed = parseJson(text);
  return parsed.ok ? write(parsed.value, '') : text;
}

function write(value: Json, indent: string): string {
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((item) => inner + write(item, inner)).join(',\n')}\n${indent}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).map(
      ([key, item]) => `${inner}${JSON.stringify(key)}: ${write(item, inner)}`,
    );
    return pairs.length === 0 ? '{}' : `{\n${pairs.join(',\n')}\n${indent}}`;
  }
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}
