import { detectLayouts } from '../../catalog/detect.ts';
import { introspect } from '../../catalog/introspect.ts';
import { probe } from '../../catalog/probe.ts';
import type { AttachedFile } from '../../catalog/tables.ts';
import { EngineError, isCollateral } from '../../engine/errors.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { ident, sql } from '../../lib/sql.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { walMismatch } from '../../source/walRefusals.ts';
import { isChangedOnDisk } from '../failureCode.ts';
import { diskName, type Candidate } from './candidate.ts';
import { damaged, engineCrashed, hung } from './engineRefusals.ts';
import { isLargeAndFar } from './isLarge.ts';
import type { PreparedSource } from './prepare.ts';
import { refuseRead } from './refuseRead.ts';
import type { OpenFile } from './state.ts';

export interface Attached extends AttachedFile {
  readonly candidate: Candidate;
  readonly dialects: OpenFile['dialects'];
  /** Schemas of the file that could be read, the one that is read among them. */
  readonly candidates: readonly string[];
}

/** A damaged file can hang the engine for ever; a slow host cannot be told from it sooner. */
const attachLimitSeconds = { file: 20, url: 90 } as const;

export interface AttachFailure {
  readonly refusal: Refusal;
  readonly engineLost: boolean;
  /** The engine went by itself while it was at this file, which may be sound. */
  readonly collateral?: boolean;
}

/**
 * Attaches one candidate read-only, finds out what it is and reads a row of each table it needs, so that a bad
 * file fails here and not in the middle of a view.
 */
export async function attachOne(
  engine: BrowserEngine,
  candidate: Candidate,
  signal: AbortSignal,
): Promise<Result<Attached, AttachFailure>> {
  const { fileId, prepared } = candidate;
  const { source } = prepared;
  const seconds = attachLimitSeconds[source.kind];
  const limit = { passed: false };
  const timer = setTimeout(() => {
    limit.passed = true;
    engine.terminate('timed out');
  }, seconds * 1000);
  try {
    await register(engine, candidate);
    const mismatch = await attach(engine, candidate);
    if (mismatch !== undefined) return err({ refusal: mismatch, engineLost: false });
    const schemas = await introspect(engine, fileId);
    const layouts = detectLayouts(schemas, {
      name: source.name,
      ...(prepared.sizeBytes === undefined ? {} : { sizeBytes: prepared.sizeBytes }),
      hasWal: withWal(prepared),
    });
    if (!layouts.ok) {
      await engine.query(sql`DETACH ${ident(fileId)}`);
      return err({ refusal: layouts.error, engineLost: false });
    }
    const { chosen, dialects, candidates } = layouts.value;
    const file = { ...chosen, fileId, alias: fileId, candidate, dialects, candidates };
    await probe(engine, file, isLargeAndFar(prepared));
    return ok(file);
  } catch (failure) {
    if (limit.passed) return err({ refusal: hung(source.name, seconds), engineLost: true });
    if (source.kind === 'url' && failure instanceof EngineError && failure.failedRead !== undefined) {
      return err({ refusal: await refuseRead(source, failure.failedRead, signal), engineLost: true });
    }
    const fatal = !(failure instanceof EngineError) || failure.kind !== 'query';
    const refusal = fatal ? engineCrashed(source.name, failure) : damaged(source.name, failure);
    // After a failed read the attached file cannot be trusted to detach: start anew without it.
    return err({ refusal, engineLost: true, collateral: isCollateral(failure) });
  } finally {
    clearTimeout(timer);
  }
}

/** Attaches what is registered. Where that fails and the file opens without its log, the log is to blame. */
async function attach(engine: BrowserEngine, { fileId, prepared }: Candidate): Promise<Refusal | undefined> {
  const attachAs = (name: string) =>
    engine.query(sql`ATTACH ${name} AS ${ident(fileId)} (READ_ONLY, TYPE duckdb)`);
  const { source } = prepared;
  try {
    await attachAs(diskName(fileId));
    return undefined;
  } catch (failure) {
    const askAgain = source.kind === 'file' && source.wal !== undefined && isRefusedByEngine(failure);
    if (!askAgain) throw failure;
    const alone = `${fileId}-alone.db`;
    await engine.registerFile(alone, source.file);
    await attachAs(alone).catch(() => {
      throw failure;
    });
    await engine.query(sql`DETACH ${ident(fileId)}`);
    return walMismatch(source.name, failure.message);
  }
}

function isRefusedByEngine(failure: unknown): failure is EngineError {
  return failure instanceof EngineError && failure.kind === 'query' && !isChangedOnDisk(failure);
}

/** The engine looks for a log under the name of the file with `.wal` added. */
async function register(engine: BrowserEngine, { fileId, prepared }: Candidate): Promise<void> {
  const { access } = prepared;
  const name = diskName(fileId);
  if (access.kind === 'local') await engine.registerFile(name, access.file);
  else await engine.registerRemote(name, access.file);
  if (access.log !== undefined) await engine.registerFile(`${name}.wal`, access.log);
}

export function withWal({ access }: PreparedSource): boolean {
  return access.log !== undefined;
}
