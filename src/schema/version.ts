/**
 * Version of the unified schema, the largest in a file's `schema_migrations`. Any change of the models raises
 * it, adds a migration and an entry to CHANGELOG-schema.md.
 */
export const schemaVersion = 6;
