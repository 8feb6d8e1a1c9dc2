import { z } from 'zod';

import { sqlShape, type SqlDefault, type SqlType } from './sqlType.ts';
import type { ColumnMeta } from './columns.ts';

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
