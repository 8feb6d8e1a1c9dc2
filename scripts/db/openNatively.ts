import { openAsBlob, existsSync } from 'node:fs';
import { basename } from 'node:path';

import { detectLayouts } from '../../src/catalog/detect.ts';
import { installRelations } from '../../src/catalog/install.ts';
import { introspect } from '../../src/catalog/tables.ts';
import { probe, probeViews } from '../../src/catalog/probe.ts';
import { prepare } from '../../src/data/session/prepare.ts';
import { notOpened } from '../../src/data/session/engineRefusals.ts';
import type { HealthFile } from '../../src/domain/health/facts.ts';
import type { Refusal } from '../../src/domain/refusal.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { type Engine, hardeningStatements, lockStatements } from '../../src/engine/engine.ts';
import { openNativeEngine } from '../../src/engine/node/nativeEngine.ts';
import { fileId, type FileId } from '../../src/lib/ids.ts';
import { err, ok, type Result } from '../../src/lib/result.ts';
import { ident, join, sql } from '../../src/lib/sql.ts';

/** A file that the app's own questions can be asked of, on native DuckDB. */
export interface NativelyOpen {
  readonly engine: Engine;
  readonly fileId: FileId;
  readonly file: HealthFile;
}

/**
 * Opens one file as the app does, read-only and locked, after the same look at its head; or says why not. Close the
 * engine afterwards. `out`: the one file beside it that the engine may write.
 */
export async function openNatively(path: string, out?: string): Promise<Result<NativelyOpen, Refusal>> {
  const asFile = async (of: string): Promise<File> => new File([await openAsBlob(of)], basename(of));
  const wal = existsSync(`${path}.wal`) ? await asFile(`${path}.wal`) : undefined;
  const source = { kind: 'file', name: basename(path), file: await asFile(path), wal } as const;
  const prepared = await prepare(source, new AbortController().signal, () => undefined);
  if (!prepared.ok) return prepared;
  // The native engine takes the log that lies beside the file, whatever it is.
  if (prepared.value.logLeftAside !== undefined) return err(prepared.value.logLeftAside);
  const engine = await openNativeEngine();
  try {
    const opened = await attach(engine, path, source.name, wal !== undefined, out);
    if (!opened.ok) {
      await engine.close();
      return opened;
    }
    const { sizeBytes, header, prints, walFacts } = prepared.value;
    return ok({
      engine,
      fileId: id,
      file: {
        name: source.name,
        sizeBytes,
        dialects: opened.value,
        writerVersion: header.writerVersion,
        withLog: walFacts !== undefined && walFacts.state !== 'empty',
        storageVersion: String(header.storageVersion),
        headFingerprint: prints.head,
        fingerprint: prints.content,
      },
    });
  } catch (cause) {
    await engine.close();
    if (!(cause instanceof EngineError)) throw cause;
    return err(isLocked(cause) ? beingWritten(source.name) : notOpened(source.name, cause, cause.message));
  }
}

/** DuckDB takes a lock while it writes. */
const isLocked = ({ message }: EngineError): boolean => message.includes('Could not set lock on file');

function beingWritten(name: string): Refusal {
  return {
    code: 'changed',
    subject: name,
    what: `${name} is open in another program that writes to it.`,
    why: 'DuckDB locks a file while it may be written to.',
    wayOut: 'Wait until that program has ended, or make a copy of the file.',
  };
}

const id = fileId('f1');

async function attach(engine: Engine, path: string, name: string, hasWal: boolean, out?: string) {
  await engine.run(hardeningStatements);
  await engine.query(sql`ATTACH ${path} AS ${ident(id)} (READ_ONLY, TYPE duckdb)`);
  const schemas = await introspect(engine, id);
  const layouts = detectLayouts(schemas, { name, hasWal });
  if (!layouts.ok) return layouts;
  const { chosen, dialects } = layouts.value;
  const file = { ...chosen, fileId: id, alias: id };
  await probe(engine, file);
  // Before a view of the file is read: it may name any file or host.
  if (out !== undefined) {
    // A database that is written has its log beside it, and another one while that is taken in.
    const [log, next, recovery] = ['.wal', '.wal.checkpoint', '.wal.recovery'].map((ending) => out + ending);
    const paths = [out, log, next, recovery].map((each) => sql`${each ?? out}`);
    await engine.query(sql`SET allowed_paths=[${join(paths, ', ')}]`);
  }
  await engine.run(lockStatements);
  const { tables } = await probeViews(engine, file);
  await installRelations(engine, [{ ...file, tables }]);
  return ok(dialects);
}
