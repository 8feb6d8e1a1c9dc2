import { sql, type Sql } from '../lib/sql.ts';

/**
 * Run before anything else. Autoload would fetch extensions from a foreign host, and a failed fetch ends
 * the engine ("function signature mismatch"); the order of rows must be the file's.
 */
export const hardeningStatements: readonly Sql[] = [
  sql`SET autoload_known_extensions=false`,
  sql`SET autoinstall_known_extensions=false`,
  sql`SET preserve_insertion_order=true`,
];

/** Run after attaching: from here on no statement reaches another file or host, and none can undo this. */
export const lockStatements: readonly Sql[] = [
  sql`SET enable_external_access=false`,
  sql`SET lock_configuration=true`,
];
