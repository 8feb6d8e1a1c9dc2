/**
 * Columns that hold JSON. They are VARCHAR, never the JSON type: the browser's engine has no JSON extension
 * (docs/architecture.md). Integers keep their digits beyond 2^53 in both directions.
 */
import { z } from 'zod';

import { formatJson, isJsonObject, parseJson, type Json, type JsonObject } from '../lib/json.ts';
import { columnMeta } from './columns.ts';
import { agentId, type AgentId } from '../lib/ids.ts';
import { cents, type Cents } from '../lib/units.ts';

const isInteger = (value: Json | undefined): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value));

/** A column of JSON text whose content `read` recognises (undefined: it is something else) and `write` makes. */
function jsonColumn<T>(
  description: string,
  wanted: string,
  read: (value: Json) => T | undefined,
  write: (value: T) => Json,
  column?: string,
) {
  return z
    .codec(
      z.string(),
      z.custom<T>((value) => value !== undefined),
      {
        decode(source, context) {
          const parsed = parseJson(source);
          const value = parsed.ok ? read(parsed.value) : undefined;
          if (value !== undefined) return value;
          const message = parsed.ok ? `expected JSON of ${wanted}` : parsed.error;
          context.issues.push({ code: 'custom', message, input: source });
          return z.NEVER;
        },
        encode: (value) => formatJson(write(value)),
      },
    )
    .register(columnMeta, { description, unit: 'JSON', ...(column === undefined ? {} : { column }) });
}

/** An object that must be of one kind throughout; undefined when one entry is not. */
function mapOf<K, T>(
  value: Json,
  key: (name: string) => K,
  read: (item: Json) => T | undefined,
): ReadonlyMap<K, T> | undefined {
  if (!isJsonObject(value)) return undefined;
  const entries: [K, T][] = [];
  for (const [name, item] of Object.entries(value)) {
    const converted = read(item);
    if (converted === undefined) return undefined;
    entries.push([key(name), converted]);
  }
  return new Map(entries);
}

/** `Object.fromEntries` with a key `__proto__` kept as an ordinary key. */
const objectOf = (entries: Iterable<readonly [string, Json]>): JsonObject => Object.fromEntries(entries);

const readCents = (item: Json): Cents | undefined => (isInteger(item) ? cents(item) : undefined);

export const jsonObject = (description: string) =>
  jsonColumn<JsonObject>(
    description,
    'an object',
    (value) => (isJsonObject(value) ? value : undefined),
    (value) => value,
  );

export const centsByAgent = (description: string) =>
  jsonColumn<ReadonlyMap<AgentId, Cents>>(
    description,
    'agent to integer cents',
    (value) => mapOf(value, agentId, readCents),
    (value) => objectOf(value),
  );

export const centsByName = (description: string) =>
  jsonColumn<ReadonlyMap<string, Cents>>(
    description,
    'name to integer cents',
    (value) => mapOf(value, (name) => name, readCents),
    (value) => objectOf(value),
  );

export const flagByAgent = (description: string) =>
  jsonColumn<ReadonlyMap<AgentId, boolean>>(
    description,
    'agent to boolean',
    (value) => mapOf(value, agentId, (item) => (typeof item === 'boolean' ? item : undefined)),
    (value) => objectOf(value),
  );

export const objectByAgent = (description: string) =>
  jsonColumn<ReadonlyMap<AgentId, JsonObject>>(
    description,
    'agent to object',
    (value) => mapOf(value, agentId, (item) => (isJsonObject(item) ? item : undefined)),
    (value) => objectOf(value),
  );

export const textListColumn = (description: string) =>
  jsonColumn<readonly string[]>(
    description,
    'a list of texts',
    (value) => (Array.isArray(value) && value.every((item) => typeof item === 'string') ? value : undefined),
    (value) => [...value],
  );

export const centsList = (description: string) =>
  jsonColumn<readonly Cents[]>(
    description,
    'a list of integer cents',
    (value) => (Array.isArray(value) && value.every(isInteger) ? value.map(cents) : undefined),
    (value) => [...value],
  );

/** `[lower, upper]`. */
export const centsInterval = (description: string, column: string) =>
  jsonColumn<readonly [Cents, Cents]>(
    description,
    'two integers',
    (value) => {
      if (!Array.isArray(value) || value.length !== 2) return undefined;
      const [lower, upper] = value;
      return isInteger(lower) && isInteger(upper) ? [cents(lower), cents(upper)] : undefined;
    },
    (value) => [...value],
    column,
  );

/** One bootstrap sample: the same arrivals played with the policy in force and with the proposal. */
export interface SampleDetail {
  readonly index: number;
  readonly seed: bigint;
  readonly oldCostCents: Cents;
  readonly newCostCents: Cents;
  /** old - new; positive = the proposal is cheaper. */
  readonly deltaCents: Cents;
}

function readSample(item: Json): SampleDetail | undefined {
  if (!isJsonObject(item)) return undefined;
  const { index, seed, old_cost: oldCost, new_cost: newCost, delta } = item;
  if (typeof index !== 'number' || !isInteger(index) || !isInteger(seed)) return undefined;
  if (!isInteger(oldCost) || !isInteger(newCost) || !isInteger(delta)) return undefined;
  return {
    index,
    seed: BigInt(seed),
    oldCostCents: cents(oldCost),
    newCostCents: cents(newCost),
    deltaCents: cents(delta),
  };
}

export const sampleList = (description: string) =>
  jsonColumn<readonly SampleDetail[]>(
    description,
    'a list of samples',
    (value) => {
      const samples = Array.isArray(value) ? value.map(readSample) : [undefined];
      return samples.every((sample) => sample !== undefined) ? samples : undefined;
    },
    (value) =>
      value.map((sample) => ({
        index: sample.index,
        seed: sample.seed,
        old_cost: sample.oldCostCents,
        new_cost: sample.newCostCents,
        delta: sample.deltaCents,
      })),
  );
