import { existsSync } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { openNativeEngine } from '../../src/engine/node/nativeEngine.ts';
import { formatBytes } from '../../src/lib/format.ts';
import { sql } from '../../src/lib/sql.ts';
import { createSteps, insertExperiment } from './experimentRows.ts';
import { insertLongRun } from './longRunRows.ts';
import { insertEvents, insertExperimentEvents, insertRuns } from './runRows.ts';
import type { BenchShape } from './shape.ts';
import { keysAndIndexes, benchTables } from './tables.ts';

/** The file of this shape in `folder`, written when it is not there yet. */
export async function ensureDatabase(folder: string, shape: BenchShape): Promise<string> {
  const path = join(folder, shape.fileName);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true });
  console.log(`Writing ${shape.fileName} once ...`);
  // Under another name until it is whole, so that an interrupted run leaves nothing that looks finished.
  const unfinished = `${path}.unfinished`;
  await Promise.all([unfinished, `${unfinished}.wal`].map((name) => rm(name, { force: true })));
  await writeDatabase(unfinished, shape);
  await rename(unfinished, path);
  console.log(`  ${formatBytes((await stat(path)).size)}`);
  return path;
}

/** Writes an experiment database of dialect B, V5, with equal content at every run. */
export async function writeDatabase(path: string, shape: BenchShape): Promise<void> {
  const engine = await openNativeEngine(path);
  try {
    await engine.query(sql`SET threads = 2`);
    for (const statement of benchTables) await engine.query(statement);
    for (let experiment = 0; experiment < shape.experiments; experiment += 1) {
      const statements = [
        createSteps(experiment, shape),
        ...insertExperiment(experiment, shape),
        insertRuns(shape),
        insertEvents(shape),
        insertExperimentEvents(shape),
      ];
      for (const statement of statements) await engine.query(statement);
    }
    for (const statement of keysAndIndexes) await engine.query(statement);
    await engine.query(sql`CHECKPOINT`);
  } finally {
    await engine.close();
  }
}

/** Writes the file of one run of a million events, its books balanced. */
export async function writeLongRun(path: string): Promise<void> {
  const engine = await openNativeEngine(path);
  try {
    const statements = [...benchTables, ...insertLongRun, ...keysAndIndexes, sql`CHECKPOINT`];
    for (const statement of statements) await engine.query(statement);
  } finally {
    await engine.close();
  }
}
