/** Generated records of any table: every value that its model allows, the awkward ones often. */
import fc, { type Arbitrary } from 'fast-check';
import { z } from 'zod';

import { agentId } from '../lib/ids.ts';
import { naiveTime } from '../lib/storedTime.ts';
import type { Table, TableColumn } from '../schema/table.ts';
import { cents } from '../lib/units.ts';

/** U+0000 cannot be part of a statement; JSON text escapes it. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }).map((value) => value.replaceAll('\0', '')),
  fc.string({ unit: fc.constantFrom('\u001e', '\u001f', '0', ';', "'", '"', '\\', '\n', 'é', '🏦') }),
);
const safeInteger = fc.maxSafeInteger();
const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const money = int64.map(cents);
const double = fc.oneof(fc.constant(-0), fc.double({ noNaN: true, noDefaultInfinity: true }));
/** An integer below 2^53 is a number in JSON and one beyond it a bigint, so no value has two forms. */
const exactJsonNumber = fc.oneof(
  safeInteger,
  int64.filter((value) => !Number.isSafeInteger(Number(value))),
);
const json: Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, false),
    exactJsonNumber,
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 3, noNullPrototype: true }),
  ),
})).value;
const object = fc.dictionary(fc.string(), json, { maxKeys: 4, noNullPrototype: true });
const agent = fc.string({ minLength: 1 }).map(agentId);
const byAgent = <T>(value: Arbitrary<T>): Arbitrary<ReadonlyMap<string, T>> =>
  fc.dictionary(agent, value, { noNullPrototype: true }).map((entries) => new Map(Object.entries(entries)));

const time = fc
  .tuple(
    fc.date({ min: new Date('1970-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }),
    fc.nat({ max: 999 }),
  )
  .map(([date, micros]) =>
    naiveTime(`${date.toISOString().slice(0, -1)}${micros.toString().padStart(3, '0')}`),
  );

const sample = fc.record(
  {
    index: fc.maxSafeNat(),
    seed: int64,
    oldCostCents: money,
    newCostCents: money,
    deltaCents: money,
  },
  { noNullPrototype: true },
);

/** What the text of each JSON column holds; a column that is not named here holds an object. */
const jsonKinds: Readonly<Record<string, Arbitrary<unknown>>> = {
  costs_per_agent: byAgent(money),
  accepted_changes: byAgent(fc.boolean()),
  policies: byAgent(object),
  sample_details: fc.array(sample, { maxLength: 3 }),
  cost_breakdown: byAgent(money),
  confidence_interval_95: fc.tuple(money, money),
  agents: fc.array(text),
  transactions: fc.array(text),
  tx_amounts: fc.array(money),
  net_positions: byAgent(money),
  child_tx_ids: fc.array(text),
};

function enumOptions(schema: z.core.$ZodType): readonly unknown[] | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return enumOptions(schema.unwrap());
  return schema instanceof z.ZodEnum ? schema.options : undefined;
}

function scalar(column: TableColumn): Arbitrary<unknown> {
  switch (column.type) {
    case 'VARCHAR':
      return column.unit === 'JSON' ? (jsonKinds[column.name] ?? object) : text;
    case 'BIGINT':
      return column.exact ? int64 : safeInteger;
    case 'INTEGER':
      return fc.integer();
    case 'DOUBLE':
      return double;
    case 'BOOLEAN':
      return fc.boolean();
    case 'TIMESTAMP':
      return time;
  }
}

/** Several records of one table with different primary keys. An absent field is absent, not undefined. */
export function arbitraryRecords(table: Table): Arbitrary<Readonly<Record<string, unknown>>[]> {
  const fields: Record<string, Arbitrary<unknown>> = {};
  for (const column of table.columns) {
    const options = enumOptions(table.row.shape[column.field] ?? z.never());
    fields[column.field] = options === undefined ? scalar(column) : fc.constantFrom(...options);
  }
  const requiredKeys = table.columns.filter((column) => !column.nullable).map((column) => column.field);
  const keyFields = table.columns.filter(({ name }) => table.primaryKey.includes(name));
  return fc.uniqueArray(fc.record(fields, { requiredKeys, noNullPrototype: true }), {
    minLength: 1,
    maxLength: 8,
    selector: (record) => JSON.stringify(keyFields.map(({ field }) => String(record[field]))),
  });
}
