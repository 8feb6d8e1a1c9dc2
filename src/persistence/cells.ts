import { z } from 'zod';

/** What one cell of a stored row is before it becomes SQL. */
export type StoredCell = string | number | bigint | boolean;
export type StoredRow = Readonly<Record<string, StoredCell | undefined>>;

const storedRow = z.record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.boolean()]).optional());

/** A record as stored cells by field; throws a `ZodError` that names what the model refuses. */
export function encodeCells(model: z.ZodObject, record: Readonly<Record<string, unknown>>): StoredRow {
  return storedRow.parse(z.encode(model, record));
}
