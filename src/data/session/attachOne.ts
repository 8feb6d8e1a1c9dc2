import { detectLayouts } from '../../catalog/detect.ts';
import { introspect, type AttachedFile } from '../../catalog/tables.ts';
import { probe, probeViews } from '../../catalog/probe.ts';
import { EngineError, isCollateral } from '../../engine/errors.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { ident, sql } from '../../lib/sql.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { noTableWithoutLog, walNotApplied } from '../../source/walRefusals.ts';
import { isChangedOnDisk } from '../questionFailure.ts';
import { diskName, diskNameAlone, inReadersWords, type Candidate, type Access } from './prepare.ts';
import { engineCrashed, hung, notOpened } from './engineRefusals.ts';
import { isLargeAndFar, type OpenFile } from './state.ts';
import { refuseRead } from './remoteReads.ts';

export interface Attached extends AttachedFile {
  readonly candidate: Candidate;
  readonly dialects: OpenFile['dialects'];
  /** Schemas of the file that could be read, the one that is read among them. */
  readonly candidates: readonly string[];
  readonly withLog: boolean;
  /** Why the log that was given is not read. */
  readonly logLeftAside: Refusal | undefined;
}

/** A damaged file can hang the engine for ever; a slow host cannot be told from it sooner. */
const attachLimitSeconds = { file: 20, url: 90 } as const;

export interface AttachFailure {
  readonly refusal: Refusal;
  readonly engineLost: boolean;
  /** It was ended because it did not come back from this file. */
  readonly hung?: boolean;
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
    const attaching = attach(engine, candidate);
    // Many small reads, for which the page has the time now.
    void prepared.moreFormerPrints();
    const notApplied = await attaching;
    const logLeftAside = notApplied ?? prepared.logLeftAside;
    const withLog = prepared.access.log !== undefined && notApplied === undefined;
    const schemas = await introspect(engine, fileId);
    const layouts = detectLayouts(schemas, {
      name: source.name,
      ...(prepared.sizeBytes === undefined ? {} : { sizeBytes: prepared.sizeBytes }),
      hasWal: withLog,
    });
    if (!layouts.ok) {
      await engine.query(sql`DETACH ${ident(fileId)}`);
      const refusal =
        layouts.error.code === 'wal-missing' && logLeftAside !== undefined
          ? noTableWithoutLog(source.name, logLeftAside)
          : layouts.error;
      return err({ refusal, engineLost: false });
    }
    const { chosen, dialects, candidates } = layouts.value;
    const names = { fileId, alias: fileId, candidate };
    const file = { ...chosen, ...names, dialects, candidates, withLog, logLeftAside };
    await probe(engine, file, isLargeAndFar(prepared));
    return ok(file);
  } catch (failure) {
    if (limit.passed)
      return err({ refusal: hung(source, 'reading its structure', seconds), engineLost: true, hung: true });
    if (source.kind === 'url' && failure instanceof EngineError && failure.failedRead !== undefined) {
      return err({ refusal: await refuseRead(source, failure.failedRead, signal), engineLost: true });
    }
    const fatal = !(failure instanceof EngineError) || failure.kind !== 'query';
    const refusal = fatal
      ? engineCrashed(source.name, failure)
      : notOpened(source.name, failure, inReadersWords(failure.message, candidate));
    // After a failed read the attached file cannot be trusted to detach: start anew without it.
    return err({ refusal, engineLost: true, collateral: isCollateral(failure) });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Attaches what is registered. Where that fails and the file opens without its log, the log is to blame and is left
 * aside, as the refusal that is returned says.
 */
async function attach(engine: BrowserEngine, candidate: Candidate): Promise<Refusal | undefined> {
  const { fileId, prepared } = candidate;
  const attachAs = (name: string) =>
    engine.query(sql`ATTACH ${name} AS ${ident(fileId)} (READ_ONLY, TYPE duckdb)`);
  try {
    await attachAs(diskName(fileId));
    return undefined;
  } catch (failure) {
    if (prepared.access.log === undefined || !isRefusedByEngine(failure)) throw failure;
    await registerDatabase(engine, diskNameAlone(fileId), prepared.access);
    await attachAs(diskNameAlone(fileId)).catch(() => {
      throw failure;
    });
    return walNotApplied(prepared.logName, prepared.source.name, inReadersWords(failure.message, candidate));
  }
}

function isRefusedByEngine(failure: unknown): failure is EngineError {
  return failure instanceof EngineError && failure.kind === 'query' && !isChangedOnDisk(failure);
}

/** The engine looks for a log under the name of the file with `.wal` added. */
async function register(engine: BrowserEngine, { fileId, prepared }: Candidate): Promise<void> {
  const name = diskName(fileId);
  await registerDatabase(engine, name, prepared.access);
  const { log } = prepared.access;
  if (log !== undefined) await engine.registerFile(`${name}.wal`, log);
}

function registerDatabase(engine: BrowserEngine, name: string, access: Access): Promise<void> {
  return access.kind === 'local'
    ? engine.registerFile(name, access.file)
    : engine.registerRemote(name, access.file);
}

/** A view may be a computation without end. */
const viewLimitSeconds = 20;

/**
 * Reads the views that a file has in place of tables, on a locked engine: a view of a stranger may name any file
 * or host. Views that fail are left out; a file that nothing is left of is refused and detached.
 */
export async function settleViews(
  engine: BrowserEngine,
  file: Attached,
): Promise<Result<Attached, AttachFailure>> {
  if (file.views.size === 0) return ok(file);
  const { prepared } = file.candidate;
  const { name } = prepared.source;
  const limit = { passed: false };
  const timer = setTimeout(() => {
    limit.passed = true;
    engine.terminate('timed out');
  }, viewLimitSeconds * 1000);
  try {
    const { tables, failed } = await probeViews(engine, file);
    if (failed.size === 0) return ok(file);
    const left = detectLayouts([{ ...file, tables, empty: new Set() }], { name, hasWal: file.withLog });
    if (left.ok) return ok({ ...file, tables, dialects: left.value.dialects });
    await engine.query(sql`DETACH ${ident(file.alias)}`);
    const why = [...failed].map(([view, reason]) => `Its view ${view} cannot be read: ${reason}.`).join(' ');
    const code = 'no-known-tables';
    const what = `${name} gives its tables as views that cannot be read.`;
    const wayOut = 'Open the database that those views read, or write their rows into tables of this one.';
    return err({ refusal: { code, subject: name, what, why, wayOut }, engineLost: false });
  } catch (failure) {
    const refusal = limit.passed
      ? hung(prepared.source, 'computing its views', viewLimitSeconds)
      : engineCrashed(name, failure);
    return err({
      refusal,
      engineLost: true,
      hung: limit.passed,
      collateral: !limit.passed && isCollateral(failure),
    });
  } finally {
    clearTimeout(timer);
  }
}
