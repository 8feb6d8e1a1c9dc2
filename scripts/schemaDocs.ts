/** `npm run docs:schema`: writes docs/schema.md and docs/schema.sql from the models. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { layoutDifferences } from '../src/schema/differences.ts';
import { schemaSql } from '../src/schema/ddl.ts';
import { schemaDocs } from '../src/schema/docs.ts';
import { tables } from '../src/schema/tables.ts';
import { schemaVersion } from '../src/schema/version.ts';
import { repositoryFolder } from './paths.ts';

await writeFile(
  join(repositoryFolder, 'docs', 'schema.md'),
  schemaDocs(tables, layoutDifferences, schemaVersion),
);
await writeFile(join(repositoryFolder, 'docs', 'schema.sql'), schemaSql(tables, schemaVersion));
