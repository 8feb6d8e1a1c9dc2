import { z } from 'zod';

import { columnMeta, type ColumnMeta } from './columns.ts';

export type SqlType = 'VARCHAR' | 'BIGINT' | 'INTEGER' | 'DOUBLE' | 'BOOLEAN' | 'TIMESTAMP';
export type SqlDefault = string | number | bigint | boolean;

/** A zod type as a column: what the database is told. */
interface SqlShape {
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

export interface TableColumn {
  /** Name in a record. */
  readonly field: string;
  /** Name in the database. */
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  /** The record holds a bigint: money and seeds. Other integers are numbers. */
  readonly exact: boolean;
  readonly defaultValue?: SqlDefault;
  /** Set where the database numbers the rows itself; the record may leave the field out. */
  readonly sequence?: string;
  readonly description: string;
  readonly unit?: ColumnMeta['unit'];
}

interface TableIndex {
  readonly name: string;
  readonly columns: readonly string[];
}

interface ForeignKey {
  readonly columns: readonly string[];
  readonly table: string;
  readonly referenced: readonly string[];
}

/** One table: the zod object of its rows, and everything the DDL, the docs and the checks say about it. */
export interface Table<S extends z.ZodRawShape = z.ZodRawShape> {
  readonly name: string;
  readonly description: string;
  /** Decodes a stored row into a record and encodes it back. */
  readonly row: z.ZodObject<S>;
  readonly columns: readonly TableColumn[];
  /** Column names. */
  readonly primaryKey: readonly string[];
  readonly indexes: readonly TableIndex[];
  readonly foreignKeys: readonly ForeignKey[];
}

/** What a program holds of one row: money is `Cents`, JSON is parsed, NULL is an absent field. */
export type RecordOf<T extends Table> = Readonly<z.output<T['row']>>;

interface TableSpec<S extends z.ZodRawShape> {
  readonly name: string;
  readonly description: string;
  readonly row: S;
  readonly primaryKey: readonly (keyof S & string)[];
  readonly indexes?: Readonly<Record<string, readonly (keyof S & string)[]>>;
  /** `to` names a table declared earlier, whose primary key the fields repeat. */
  readonly references?: readonly { readonly fields: readonly (keyof S & string)[]; readonly to: Table }[];
}

/** `queue1EodSize` is `queue1_eod_size`: a digit stays with its word. */
const snakeCase = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

function tableColumn(field: string, schema: z.core.$ZodType): TableColumn {
  const { meta, type, nullable, exact, defaultValue } = sqlShape(field, schema);
  const plain = meta.unit === 'cents' ? field.replace(/Cents$/, '') : field;
  return {
    field,
    name: meta.column ?? snakeCase(plain),
    type,
    // The row number is optional to the writer only.
    nullable: nullable && meta.sequence === undefined,
    exact,
    description: meta.description,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(meta.sequence === undefined ? {} : { sequence: meta.sequence }),
    ...(meta.unit === undefined ? {} : { unit: meta.unit }),
  };
}

/** Declares a table once. Order of the fields is order of the columns. */
export function defineTable<S extends z.ZodRawShape>(spec: TableSpec<S>): Table<S> {
  const columns = Object.entries(spec.row).map(([field, schema]) => tableColumn(field, schema));
  const nameOf = (field: string): string => {
    const column = columns.find((candidate) => candidate.field === field);
    if (column === undefined) throw new Error(`table ${spec.name} has no field ${field}`);
    return column.name;
  };
  return {
    name: spec.name,
    description: spec.description,
    row: z.object(spec.row),
    columns,
    primaryKey: spec.primaryKey.map(nameOf),
    indexes: Object.entries(spec.indexes ?? {}).map(([name, fields]) => ({
      name,
      columns: fields.map(nameOf),
    })),
    foreignKeys: (spec.references ?? []).map(({ fields, to }) => ({
      columns: fields.map(nameOf),
      table: to.name,
      referenced: to.primaryKey,
    })),
  };
}
