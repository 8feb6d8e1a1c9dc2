import { parse as parseLossless } from 'lossless-json';

import { err, ok, type Result } from './result.ts';

/** A JSON value whose integers beyond 2^53 are bigints, so no digit is lost. */
export type Json = null | boolean | number | bigint | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/**
 * Sixteen digits in a row can be an integer that a double would round; digits of a fraction are not (they are
 * common, `0.15000000000000002`, and the exact parser takes twenty times as long).
 */
const mayLoseDigits = /(?<![\d.])\d{16,}(?![\d.eE])/;
/** Python's writer emits bare NaN and Infinity; matched outside strings only (strings are consumed first). */
const stringOrNonFinite = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

function numberOf(text: string): number | bigint {
  if (/^-?\d+$/.test(text)) {
    const value = Number(text);
    return Number.isSafeInteger(value) ? value : BigInt(text);
  }
  return Number(text);
}

function parseStrict(text: string): Json {
  return mayLoseDigits.test(text)
    ? (parseLossless(text, undefined, { parseNumber: numberOf }) as Json)
    : (JSON.parse(text) as Json);
}

/**
 * JSON text from a file. Integers keep all digits; Python's bare `NaN`, `Infinity` and `-Infinity` become the
 * strings of that name (visible as what they are, never a number). The error is the parser's message.
 */
export function parseJson(text: string): Result<Json, string> {
  try {
    return ok(parseStrict(text));
  } catch (first) {
    const repaired = text.replace(stringOrNonFinite, (hit) => (hit.startsWith('"') ? hit : `"${hit}"`));
    if (repaired !== text) {
      try {
        return ok(parseStrict(repaired));
      } catch {
        // The repaired text is no better: report what was wrong with the original.
      }
    }
    return err(first instanceof Error ? first.message : String(first));
  }
}

/**
 * JSON text of a value, keys in their own order, every digit of a bigint. NaN and infinities are refused:
 * JSON has no word for them and `JSON.stringify` would quietly write null.
 */
export function formatJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(formatJson).join(',')}]`;
  if (isJsonObject(value)) {
    const pairs = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${formatJson(item)}`);
    return `{${pairs.join(',')}}`;
  }
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new RangeError(`not a JSON number: ${value}`);
  return JSON.stringify(value);
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same value with the keys of every object sorted: equal values give equal text. */
export function canonicalJson(value: Json): string {
  let text = '';
  // What is still to write, the next last. Not by recursion: files hold policies thousands of levels deep.
  const rest: ({ readonly value: Json } | string)[] = [{ value }];
  for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
    if (typeof next === 'string') text += next;
    else if (Array.isArray(next.value)) {
      const parts = next.value.map((item) => ['', item] as const);
      for (const piece of written('[', parts, ']')) rest.push(piece);
    } else if (isJsonObject(next.value)) {
      const { value: object } = next;
      const parts = Object.keys(object)
        .sort()
        .map((key) => [`${JSON.stringify(key)}:`, object[key] ?? null] as const);
      for (const piece of written('{', parts, '}')) rest.push(piece);
    } else text += typeof next.value === 'bigint' ? next.value.toString() : JSON.stringify(next.value);
  }
  return text;
}

/** The pieces of a list or an object, the first one last. */
function written(
  open: string,
  parts: readonly (readonly [label: string, value: Json])[],
  close: string,
): ({ readonly value: Json } | string)[] {
  const pieces = parts.flatMap(([label, value], i) => [`${i === 0 ? '' : ','}${label}`, { value }]);
  return [open, ...pieces, close].reverse();
}
