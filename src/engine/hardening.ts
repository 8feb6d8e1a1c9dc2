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

/** Where files have to be registered to be attached: a locked engine opens what is in here, and nothing else. */
export const openFolder = 'open/';

/** New databases of an engine are written here (`wasm/worker/writtenFiles.ts`); nothing of it is on a disk. */
export const writtenFolder = 'opfs://new/';

/** Run before attaching: from here on no statement reaches another file or host, and none can undo this. */
export const lockStatements: readonly Sql[] = [
  sql`SET allowed_directories=[${openFolder}, ${writtenFolder}]`,
  sql`SET enable_external_access=false`,
  sql`SET lock_configuration=true`,
];
