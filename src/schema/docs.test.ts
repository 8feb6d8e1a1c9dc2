import { readFileSync } from 'node:fs';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { layoutDifferences } from './differences.ts';
import { schemaSql } from './ddl.ts';
import { schemaDocs } from './docs.ts';
import { tables } from './tables.ts';
import { schemaVersion } from './version.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string): string => readFileSync(path.join(root, name), 'utf8');

describe('docs/schema.md', () => {
  it('is what `npm run docs:schema` writes today', () => {
    expect(read('docs/schema.md')).toBe(schemaDocs(tables, layoutDifferences, schemaVersion));
  });

  it('has one line for each column, with its unit', () => {
    const lines = read('docs/schema.md').split('\n');
    expect(lines).toContain('| `delta_sum` | BIGINT | no | cents | Sum over samples of old - new. |');
    const columnCount = tables.reduce((sum, table) => sum + table.columns.length, 0);
    expect(lines.filter((line) => line.startsWith('| `'))).toHaveLength(columnCount);
  });
});

it('docs/schema.sql is what the models give', () => {
  expect(read('docs/schema.sql')).toBe(schemaSql(tables, schemaVersion));
});

describe('CHANGELOG-schema.md', () => {
  it('begins with the version of the models', () => {
    const [latest] = /^## (\d+)/m.exec(read('CHANGELOG-schema.md'))?.slice(1) ?? [];
    expect(latest).toBe(schemaVersion.toString());
  });
});
