/** Reading single fields of parsed JSON: a field of another kind counts as absent. */
import type { Json, JsonObject } from '../../lib/json.ts';
import { isJsonObject, parseJson } from '../../lib/json.ts';
import { cents, type Cents } from '../../lib/units.ts';

/** The object that a JSON text is, or undefined. */
export function objectOf(text: string | undefined): JsonObject | undefined {
  const parsed = text === undefined ? undefined : parseJson(text);
  return parsed?.ok === true && isJsonObject(parsed.value) ? parsed.value : undefined;
}

export function textField(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function numberField(value: Json | undefined): number | undefined {
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** An integer with all its digits: cents, seeds. `12.5` and `NaN` are none. */
export function integerField(value: Json | undefined): bigint | undefined {
  if (typeof value === 'bigint') return value;
  return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : undefined;
}

export function centsField(value: Json | undefined): Cents | undefined {
  const integer = integerField(value);
  return integer === undefined || BigInt.asIntN(64, integer) !== integer ? undefined : cents(integer);
}

/** The agent ids of a JSON text `{agent: value}`, in its order, with the value read as asked. */
export function fieldsOf<T>(text: string | undefined, read: (value: Json) => T): [string, T][] {
  return Object.entries(objectOf(text) ?? {}).map(([key, value]) => [key, read(value)]);
}
