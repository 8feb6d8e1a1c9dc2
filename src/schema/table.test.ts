import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import {
  columnMeta,
  double,
  flag,
  int,
  int32,
  int64,
  money,
  oneOf,
  serial,
  text,
  timestamp,
} from './columns.ts';
import { jsonObject } from './jsonColumns.ts';
import { sqlShape, UnmappedTypeError } from './table.ts';

describe('column types', () => {
  it.each([
    ['text', text('d'), 'VARCHAR'],
    ['an enumeration', oneOf(['a', 'b'], 'd'), 'VARCHAR'],
    ['JSON', jsonObject('d'), 'VARCHAR'],
    ['an integer', int('d'), 'BIGINT'],
    ['a seed', int64('d'), 'BIGINT'],
    ['money', money('d'), 'BIGINT'],
    ['a 32-bit integer', int32('d'), 'INTEGER'],
    ['a number', double('d'), 'DOUBLE'],
    ['a flag', flag('d'), 'BOOLEAN'],
    ['a time', timestamp('d'), 'TIMESTAMP'],
  ])('%s', (_kind, schema, type) => {
    expect(sqlShape('f', schema)).toMatchObject({ type, nullable: false });
    expect(sqlShape('f', schema.optional())).toMatchObject({ type, nullable: true });
  });

  it('keeps default and sequence', () => {
    expect(sqlShape('f', int('d').default(7))).toMatchObject({ defaultValue: 7, nullable: false });
    expect(sqlShape('f', serial('s', 'd')).meta.sequence).toBe('s');
  });

  it.each([
    ['a date object', z.date()],
    ['a list', z.array(z.string())],
    ['an object', z.object({})],
    ['anything', z.unknown()],
    ['a union', z.union([z.string(), z.number()])],
    ['an unbounded bigint', z.bigint()],
    ['an unsigned 64-bit integer', z.uint64()],
    ['a 32-bit float', z.float32()],
    ['a null', z.string().nullable()],
  ])('refuses %s instead of calling it VARCHAR', (_kind, schema) => {
    expect(() => sqlShape('amount', schema)).toThrow(UnmappedTypeError);
    expect(() => sqlShape('amount', schema.optional())).toThrow('field amount');
  });

  it('refuses a column without a description', () => {
    expect(() => sqlShape('amount', z.string())).toThrow('field amount has no description');
    expect(sqlShape('amount', z.string().register(columnMeta, { description: 'd' })).type).toBe('VARCHAR');
  });
});
