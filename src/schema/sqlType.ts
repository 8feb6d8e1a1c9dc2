import { z } from 'zod';

import { columnMeta, type ColumnMeta } from './columns.ts';

export type SqlType = 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP';
export type SqlDefault = string | number | bigint | boolean;

/** A zod type as a column: what the database is told. */
export interface SqlShape {
  readonly type: SqlType;
  readonly nullable: boolean;
  /** Whether the program holds a bigint. */
  readonly exact: boolean;
  readonly defaultValue?: SqlDefault;
  readonly meta: ColumnMeta;
}

export class UnmappedTypeError extends Error {
  override readonly name = 'UnmappedTypeError';
  constructor(field: string, zodType: string) {
    super(`field ${field}: zod type ${zodType} has no column type`);
  }
}

/** The column type of a plain zod type; undefined when there is none. */
function scalarType(schema: z.core.$ZodType): SqlType | undefined {
  // A date and time is a string to zod too, so it is asked for first.
  if (schema instanceof z.ZodISODateTime) return 'TIMESTAMP';
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return 'VARCHAR';
  if (schema instanceof z.ZodBoolean) return 'BOOLEAN';
  if (schema instanceof z.ZodBigInt) return schema.format === 'int64' ? 'BIGINT' : undefined;
  if (!(schema instanceof z.ZodNumber)) return undefined;
  if (schema.format === 'safeint') return 'BIGINT';
  if (schema.format === 'int32') return 'INTEGER';
  return schema.format === null ? 'DOUBLE' : undefined;
}

const isDefault = (value: unknown): value is SqlDefault =>
  ['string', 'number', 'bigint', 'boolean'].includes(typeof value);

/** Looks through `optional` (nullable), `default` and a codec (its stored side counts). Throws when unmapped. */
export function sqlShape(field: string, schema: z.core.$ZodType): SqlShape {
  if (schema instanceof z.ZodOptional) return { ...sqlShape(field, schema.unwrap()), nullable: true };
  if (schema instanceof z.ZodDefault) {
    const { defaultValue } = schema.def;
    if (!isDefault(defaultValue)) throw new UnmappedTypeError(field, `default of ${typeof defaultValue}`);
    return { ...sqlShape(field, schema.unwrap()), defaultValue };
  }
  const stored = schema instanceof z.ZodCodec ? schema.def.in : schema;
  const type = scalarType(stored);
  if (type === undefined) throw new UnmappedTypeError(field, stored._zod.def.type);
  const meta = columnMeta.get(schema);
  if (meta === undefined) throw new Error(`field ${field} has no description`);
  return { type, nullable: false, exact: stored instanceof z.ZodBigInt, meta };
}
