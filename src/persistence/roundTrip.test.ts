import fc from 'fast-check';
import { expect, it } from 'vitest';

import { sql, ident, trusted } from '../lib/sql.ts';
import { int32, text } from '../schema/columns.ts';
import { createTableText, sequenceNames } from '../schema/ddl.ts';
import { defineTable } from '../schema/table.ts';
import { tables } from '../schema/tables.ts';
import { arbitraryRecords } from '../testing/arbitraryRecords.ts';
import { describeEngines } from '../testing/describeEngines.ts';
import { insertRecords, readRecords } from './records.ts';
describeEngines('every record comes back as it went in', (engine) => {
  it.each(tables.map((table) => [table.name, table] as const))('%s', async (_name, table) => {
    for (const name of sequenceNames([table])) await engine().query(sql`CREATE SEQUENCE ${ident(name)}`);
    // Without its foreign keys: rows of any parent may then be generated.
    await engine().query(trusted(createTableText({ ...table, foreignKeys: [] })));
    await fc.assert(
      fc.asyncProperty(arbitraryRecords(table), async (records) => {
        await engine().query(sql`TRUNCATE ${ident(table.name)}`);
        await insertRecords(engine(), table, records);
        expect(await readRecords(engine(), table, { orderBy: sql`rowid` })).toStrictEqual(records);
      }),
      { numRuns: 15 },
    );
  });

  it('keeps the order and every row of more than one batch', async () => {
    const notes = defineTable({
      name: 'tick_queue_snapshots',
      description: 'Stands in for a long table.',
      row: { n: int32('Its number.'), note: text('A note.').optional() },
      primaryKey: ['n'],
    });
    await engine().query(trusted(createTableText(notes)));
    const records = Array.from({ length: 4500 }, (_, n) => (n % 3 === 0 ? { n } : { n, note: `note ${n}` }));
    await insertRecords(engine(), notes, records);
    expect(await readRecords(engine(), notes, { orderBy: sql`rowid` })).toEqual(records);
  });

  it('names what a model refuses, on the way in and on the way out', async () => {
    const limited = defineTable({
      name: 'schema_migrations',
      description: 'Stands in for a table that another program wrote to.',
      row: { version: int32('Its number.') },
      primaryKey: ['version'],
    });
    await engine().query(sql`CREATE TABLE schema_migrations (version BIGINT)`);
    await expect(insertRecords(engine(), limited, [{ version: 1.5 }])).rejects.toThrow('version');
    await engine().query(sql`INSERT INTO schema_migrations VALUES (3000000000)`);
    await expect(readRecords(engine(), limited)).rejects.toThrow('version');
    await engine().query(sql`INSERT INTO schema_migrations VALUES (NULL)`);
    await expect(readRecords(engine(), limited)).rejects.toThrow(
      'column version, row 1: expected an integer',
    );
  });
});
