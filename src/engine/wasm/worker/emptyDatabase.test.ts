import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, test } from 'vitest';

import { sql } from '../../../lib/sql.ts';
import { openNativeEngine } from '../../node/nativeEngine.ts';
import { emptyDatabase } from './emptyDatabase.ts';

test('is what DuckDB writes for a database without a table', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'iterscope-empty-'));
  const file = path.join(folder, 'empty.db');
  const engine = await openNativeEngine(file);
  await engine.query(sql`CHECKPOINT`);
  await engine.close();
  const written = readFileSync(file);
  // The first head names the build that wrote it.
  expect(Buffer.from(emptyDatabase()).subarray(8, 20)).toEqual(written.subarray(8, 20));
  expect(emptyDatabase()).toHaveLength(written.length);
  rmSync(folder, { recursive: true, force: true });
});
