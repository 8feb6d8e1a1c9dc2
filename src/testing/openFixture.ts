import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { detectLayouts, type Layouts } from '../catalog/detect.ts';
import { installRelations } from '../catalog/install.ts';
import { introspect, type AttachedFile, type SchemaTables } from '../catalog/tables.ts';
import type { Engine } from '../engine/engine.ts';
import { bootBlockingEngine, type BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { ident, sql } from '../lib/sql.ts';
import { fileId, type FileId } from '../lib/ids.ts';

export interface OpenFixtureFile extends AttachedFile {
  readonly layouts: Layouts;
}

export interface OpenFixture {
  /** The browser's engine, with all relations installed. */
  readonly engine: BlockingEngine;
  /** In the order given: `f1`, `f2`, ... */
  readonly files: readonly OpenFixtureFile[];
}

/** The file that a fixture opens first. */
export const firstFile = { fileId: fileId('f1') };

interface IntrospectedFixture {
  readonly schemas: readonly SchemaTables[];
  readonly fileId: FileId;
  readonly alias: string;
}

/** Registers the bytes of a file (and of its WAL, when there is one beside it) and attaches it read-only. */
export async function introspectFixture(
  engine: BlockingEngine,
  file: string,
  alias: string,
): Promise<IntrospectedFixture> {
  const name = `${alias}-${path.basename(file)}`;
  engine.register(name, readFileSync(file));
  if (existsSync(`${file}.wal`)) engine.register(`${name}.wal`, readFileSync(`${file}.wal`));
  await engine.query(sql`ATTACH ${name} AS ${ident(alias)} (READ_ONLY, TYPE duckdb)`);
  return { schemas: await introspect(engine, alias), fileId: fileId(alias), alias };
}

/** Attaches a file and takes its main schema as it is. */
export async function attachFixture(
  engine: BlockingEngine,
  file: string,
  alias: string,
): Promise<AttachedFile> {
  const { schemas, fileId: id } = await introspectFixture(engine, file, alias);
  const main = schemas.find(({ schema }) => schema === 'main');
  return { schema: 'main', tables: new Map(), views: new Set(), ...main, fileId: id, alias };
}

let attachedCount = 0;
/** Names of the attached files: each makes the catalogue that an opening reads longer. */
const attachedTo = new WeakMap<Engine, readonly string[]>();

/**
 * Attaches the files as f1, f2, ... to an engine that is there already and installs the relations over them
 * alone, those before are detached: booting takes seconds, so that tests of one file share an engine. Throws on a refusal.
 */
export async function openFixtureOn(
  engine: BlockingEngine,
  ...paths: readonly string[]
): Promise<readonly OpenFixtureFile[]> {
  const files: OpenFixtureFile[] = [];
  for (const file of paths) {
    attachedCount += 1;
    const { schemas, alias } = await introspectFixture(engine, file, `db${attachedCount}`);
    const detected = detectLayouts(schemas, { name: path.basename(file), hasWal: false });
    if (!detected.ok) throw new Error(`${detected.error.what} ${detected.error.why}`);
    files.push({
      ...detected.value.chosen,
      alias,
      fileId: fileId(`f${files.length + 1}`),
      layouts: detected.value,
    });
  }
  await installRelations(engine, files);
  const before = attachedTo.get(engine) ?? [];
  await engine.run(before.map((alias) => sql`DETACH ${ident(alias)}`));
  attachedTo.set(
    engine,
    files.map(({ alias }) => alias),
  );
  return files;
}

/** Boots an engine of its own for the files; see `openFixtureOn`. */
export async function openFixture(...paths: readonly string[]): Promise<OpenFixture> {
  const engine = await bootBlockingEngine();
  return { engine, files: await openFixtureOn(engine, ...paths) };
}
