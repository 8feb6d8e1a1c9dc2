import { int32, text, timestamp } from './columns.ts';
import { defineTable } from './table.ts';

/**
 * Version of the unified schema, the largest in a file's `schema_migrations`. Any change of the models raises
 * it, adds a migration and an entry to CHANGELOG-schema.md.
 */
export const schemaVersion = 6;

export const schemaMigrations = defineTable({
  name: 'schema_migrations',
  description: 'Steps that brought this file to its schema version (CHANGELOG-schema.md).',
  row: {
    version: int32('Number of the step; the largest one is the schema version of the file.'),
    appliedAt: timestamp('When.'),
    description: text('What the step did.'),
  },
  primaryKey: ['version'],
});
