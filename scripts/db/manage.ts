import { copyFile, rename, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';

import { askDirectly } from '../../src/data/askDirectly.ts';
import { dialectWords } from '../../src/domain/experiment/normalised.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import type { Engine } from '../../src/engine/engine.ts';
import { openNativeEngine } from '../../src/engine/node/nativeEngine.ts';
import { formatBytes, formatCount } from '../../src/lib/format.ts';
import {
  createDatabaseManager,
  NewerSchemaError,
  SchemaMismatchError,
  type DatabaseManager,
} from '../../src/persistence/unifiedDatabase.ts';
import { explainDifference } from '../../src/schema/differences.ts';
import { naiveTimeOf } from '../../src/lib/storedTime.ts';
import { describeProblem, type SchemaProblem } from '../../src/schema/compareSchema.ts';
import { schemaVersion } from '../../src/schema/version.ts';
import { fileHealth } from '../../src/queries/fileHealth.ts';
import { openNatively } from './openNatively.ts';

/** What a command has to say of one file. `refused`: it could not be read. */
export interface Told {
  readonly outcome: 'fine' | 'violations' | 'refused';
  readonly lines: readonly string[];
}

const clock = () => naiveTimeOf(new Date());

/** Opens the database at `path` itself, and closes it whatever happens. */
async function withManager<T>(
  path: string,
  readOnly: boolean,
  work: (manager: DatabaseManager) => Promise<T>,
): Promise<T> {
  const engine = await openNativeEngine(path, { readOnly });
  try {
    return await work(createDatabaseManager(engine, clock));
  } finally {
    await engine.close();
  }
}

const refused = ({ code, what, why, wayOut }: Refusal): Told => ({
  outcome: 'refused',
  lines: [`${code}: ${what} ${why} ${wayOut}`],
});

/** Makes a database of the unified schema; one that is there already is left as it is. */
export async function createFile(path: string): Promise<Told> {
  const name = basename(path);
  if (existsSync(path))
    return { outcome: 'refused', lines: [`${name} exists already. It was left as it is.`] };
  try {
    await withManager(path, false, (manager) => manager.create());
  } catch (cause) {
    await rm(path, { force: true });
    throw cause;
  }
  return { outcome: 'fine', lines: [`${name} was made, of the unified schema, version ${schemaVersion}.`] };
}

/** Every difference from the unified schema; those that keep it from being written to are violations. */
export async function validateFile(path: string): Promise<Told> {
  const opened = await openNatively(path);
  if (!opened.ok) return refused(opened.error);
  await opened.value.engine.close();
  const [problems, version] = await withManager(path, true, async (manager) => [
    await manager.validate(),
    await manager.version(),
  ]);
  const layout = opened.value.file.dialects.map((dialect) => dialectWords[dialect]).join(', ');
  const blocking = problems.filter((problem) => problem.blocking);
  const head =
    blocking.length === 0
      ? `is of the unified schema, version ${version}.`
      : `is not of the unified schema as it stands (${layout}; recorded version ${version}): ${formatCount(blocking.length)} of ${formatCount(problems.length)} differences matter.`;
  return {
    outcome: blocking.length === 0 ? 'fine' : 'violations',
    lines: [`${basename(path)} ${head}`, ...problems.map(problemLine)],
  };
}

function problemLine(problem: SchemaProblem): string {
  const known = explainDifference(problem) === undefined ? '' : ' (as the reference writes it)';
  return `  ${problem.blocking ? 'x' : '-'} ${describeProblem(problem)}${known}`;
}

async function migrateAndClose(engine: Engine) {
  try {
    return await createDatabaseManager(engine, clock).migrate();
  } finally {
    await engine.close();
  }
}

/**
 * Brings a file to the newest schema version where it stands. A copy is kept beside it until the result has validated,
 * and is put back where it does not.
 */
export async function migrateFile(path: string): Promise<Told> {
  const name = basename(path);
  const opened = await openNatively(path);
  if (!opened.ok) return refused(opened.error);
  await opened.value.engine.close();
  const copy = `${path}.before-migration`;
  if (existsSync(copy))
    return {
      outcome: 'refused',
      lines: [`${basename(copy)} is there from a migration before. Look at it, then move it away.`],
    };
  const parts = ['', '.wal'].filter((ending) => existsSync(`${path}${ending}`));
  for (const ending of parts) await copyFile(`${path}${ending}`, `${copy}${ending}`);
  const dropCopy = () => Promise.all(parts.map((ending) => rm(`${copy}${ending}`)));
  const engine = await openNativeEngine(path).catch(async (cause: unknown) => {
    // Another process writes to it: what was copied may be half of something, and the file is not ours to touch.
    await dropCopy();
    throw cause;
  });
  try {
    const steps = await migrateAndClose(engine);
    const left = await withManager(path, true, (manager) => manager.validate());
    const blocking = left.filter((problem) => problem.blocking);
    if (blocking.length > 0) throw new SchemaMismatchError(blocking);
    await dropCopy();
    const done =
      steps.length === 0
        ? `is of version ${schemaVersion} already.`
        : `was brought to version ${schemaVersion} (${steps.length === 1 ? 'step' : 'steps'} ${steps.join(', ')}) and validated.`;
    return { outcome: 'fine', lines: [`${name} ${done}`] };
  } catch (cause) {
    await rm(`${path}.wal`, { force: true });
    for (const ending of parts) await rename(`${copy}${ending}`, `${path}${ending}`);
    if (cause instanceof SchemaMismatchError)
      return {
        outcome: 'violations',
        lines: [
          `${name} cannot be migrated; it is as it was.`,
          ...cause.problems.map((problem) => `  x ${describeProblem(problem)}`),
        ],
      };
    if (cause instanceof NewerSchemaError)
      return { outcome: 'violations', lines: [`${name}: ${cause.message}. It is as it was.`] };
    throw cause;
  }
}

/** What a file is and holds. */
export async function describeFile(path: string): Promise<Told> {
  const opened = await openNatively(path);
  if (!opened.ok) return refused(opened.error);
  const { engine, fileId, file } = opened.value;
  try {
    const isUnified = file.dialects.includes('A1');
    const { recorded, experiments, schema } = await fileHealth.run(
      askDirectly(engine),
      { fileId, isUnified },
      undefined,
    );
    const rows: readonly (readonly [string, string])[] = [
      ['layout', file.dialects.map((dialect) => dialectWords[dialect]).join(', ')],
      ['written by', `DuckDB ${file.writerVersion}`],
      ['size', file.sizeBytes === undefined ? 'not known' : formatBytes(file.sizeBytes)],
      ['log', file.withLog ? 'read with it' : 'none'],
      ['fingerprint', file.fingerprint ?? 'none'],
      ['tables', `${formatCount(schema.tables)}, ${formatCount(schema.columns)} columns`],
      ['experiments', formatCount(experiments.length)],
      ...Object.entries(recorded).map(([kind, number]) => [kind, formatCount(Number(number))] as const),
    ];
    return {
      outcome: 'fine',
      lines: [
        file.name,
        ...rows.map(([label, value]) => `  ${label.padEnd(14)}${value}`),
        ...experiments.map(
          ({ experimentId, status, iterations }) =>
            `  ${experimentId}: ${status}, ${formatCount(iterations)} iterations`,
        ),
      ],
    };
  } finally {
    await engine.close();
  }
}
