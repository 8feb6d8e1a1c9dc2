import { parse as parseLossless, stringify } from 'lossless-json';

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

/** Deeper than any policy; what walks through values goes one level further into the stack for each. */
const deepest = 1000;

/** Whether brackets outside texts are open further than that at some place. */
function isTooDeep(text: string): boolean {
  if (text.length < 2 * deepest) return false;
  let depth = 0;
  for (let i = 0; i < text.length; i += 1) {
    const sign = text.charCodeAt(i);
    if (sign === 0x22) {
      i = endOfText(text, i);
    } else if (sign === 0x5b || sign === 0x7b) {
      depth += 1;
      if (depth > deepest) return true;
    } else if (sign === 0x5d || sign === 0x7d) depth -= 1;
  }
  return false;
}

/** The place of the quote that ends the text begun at `start`; the last one where none does. */
function endOfText(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i += 1) {
    const sign = text.charCodeAt(i);
    if (sign === 0x5c) i += 1;
    else if (sign === 0x22) return i;
  }
  return text.length;
}

/**
 * JSON text from a file. Integers keep all digits; Python's bare `NaN`, `Infinity` and `-Infinity` become the
 * strings of that name (visible as what they are, never a number). The error is the parser's message.
 */
export function parseJson(text: string): Result<Json, string> {
  if (isTooDeep(text)) return err(`it is nested more than ${deepest} deep`);
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

type Step = { readonly print: string } | { readonly value: Json };

/**
 * JSON text with sorted keys, so that equal values give equal text. A file may nest as deep as it likes: the
 * steps lie on a list of their own and not on the browser's stack.
 */
export function canonicalJson(json: Json): string {
  const parts: string[] = [];
  const steps: Step[] = [{ value: json }];
  for (let step = steps.pop(); step !== undefined; step = steps.pop()) {
    if ('print' in step) parts.push(step.print);
    else if (Array.isArray(step.value)) pushArray(steps, step.value);
    else if (isJsonObject(step.value)) pushObject(steps, step.value);
    else parts.push(typeof step.value === 'bigint' ? step.value.toString() : JSON.stringify(step.value));
  }
  return parts.join('');
}

function pushArray(steps: Step[], items: readonly Json[]): void {
  steps.push({ print: ']' });
  for (let i = items.length - 1; i >= 0; i -= 1) {
    steps.push({ value: items[i] ?? null }, { print: i === 0 ? '[' : ',' });
  }
  if (items.length === 0) steps.push({ print: '[' });
}

function pushObject(steps: Step[], object: JsonObject): void {
  const keys = Object.keys(object).sort();
  steps.push({ print: '}' });
  for (let i = keys.length - 1; i >= 0; i -= 1) {
    const key = keys[i] ?? '';
    steps.push({ value: object[key] ?? null }, { print: `${i === 0 ? '{' : ','}${JSON.stringify(key)}:` });
  }
  if (keys.length === 0) steps.push({ print: '{' });
}

/** JSON text set out over lines; a text that is not JSON stays as it is. Integers keep all their digits. */
export function prettyJson(text: string): string {
  const parsed = parseJson(text);
  return parsed.ok ? (stringify(parsed.value, undefined, 2) ?? text) : text;
}
