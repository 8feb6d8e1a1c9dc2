import type { Json, JsonObject } from '../../lib/json.ts';

/** A plain value as JSON; what JSON cannot say (undefined, functions, NaN) is a mistake of the caller. */
function toJson(value: unknown): Json {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  ) {
    return value;
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map(toJson);
  if (typeof value === 'object') return toJsonObject(value);
  throw new TypeError(`not a JSON value: ${typeof value}`);
}

/** The same for an object; keys without a value are left out. */
export function toJsonObject(value: object): JsonObject {
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) object[key] = toJson(item);
  }
  return object;
}
