import { detectLayouts } from '../../catalog/detect.ts';
import { installRelations } from '../../catalog/install.ts';
import { introspect } from '../../catalog/introspect.ts';
import { probe } from '../../catalog/probe.ts';
import type { AttachedFile } from '../../catalog/tables.ts';
import { EngineError } from '../../engine/errors.ts';
import { lockStatements } from '../../engine/hardening.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { ident, sql } from '../../lib/sql.ts';
import type { FileId } from '../../schema/ids.ts';
import type { Refusal } from '../../schema/refusal.ts';
import { damaged, engineCrashed, hung } from './engineRefusals.ts';
import type { EnginePool } from './enginePool.ts';
import type { PreparedSource } from './prepare.ts';
import type { OpenFile } from './state.ts';
import { uniqueNames } from './uniqueNames.ts';

/** A prepared source with the key it is known by while it is open. */
export interface Candidate {
  readonly fileId: FileId;
  readonly prepared: PreparedSource;
}

/** Files that stand attached on a locked engine. */
export interface Standing {
  readonly engine: BrowserEngine;
  readonly candidates: readonly Candidate[];
  readonly files: readonly OpenFile[];
}

export interface Assembly {
  /** Undefined when none of the files could be attached. */
  readonly standing: Standing | undefined;
  readonly refusals: readonly Refusal[];
}

interface Attached extends AttachedFile {
  readonly candidate: Candidate;
  readonly dialects: OpenFile['dialects'];
}

/** A damaged file can hang the engine for ever; a slow host cannot be told from it sooner. */
const attachLimitSeconds = { file: 20, url: 90 } as const;

type Step = (word: string) => void;

/**
 * Attaches candidates to a fresh engine, read-only, installs the relations over them and locks the engine. A
 * candidate that fails is refused and left out; one that takes the engine with it makes the rest start anew.
 */
export async function assemble(
  candidates: readonly Candidate[],
  pool: EnginePool,
  signal: AbortSignal,
  step: Step,
): Promise<Assembly> {
  const refusals: Refusal[] = [];
  let left = candidates;
  while (left.length > 0) {
    const engine = await pool.take();
    const stop = (): void => engine.terminate('cancelled');
    signal.addEventListener('abort', stop, { once: true });
    signal.throwIfAborted();
    try {
      const attempt = await attachAll(engine, left, step);
      refusals.push(...attempt.refusals);
      if (attempt.outcome === 'stands') return { standing: { engine, ...attempt }, refusals };
      engine.terminate('left');
      if (attempt.outcome === 'empty') break;
      const refused = attempt.without;
      left = left.filter((candidate) => !refused.includes(candidate.fileId));
    } finally {
      signal.removeEventListener('abort', stop);
    }
    signal.throwIfAborted();
  }
  return { standing: undefined, refusals };
}

type Attempt =
  | {
      readonly outcome: 'stands';
      readonly candidates: readonly Candidate[];
      readonly files: readonly OpenFile[];
      readonly refusals: readonly Refusal[];
    }
  | { readonly outcome: 'empty'; readonly refusals: readonly Refusal[] }
  | {
      readonly outcome: 'engine lost';
      readonly without: readonly FileId[];
      readonly refusals: readonly Refusal[];
    };

async function attachAll(
  engine: BrowserEngine,
  candidates: readonly Candidate[],
  step: Step,
): Promise<Attempt> {
  const attached: Attached[] = [];
  const refusals: Refusal[] = [];
  const refused: FileId[] = [];
  for (const candidate of candidates) {
    step(`attaching ${candidate.prepared.source.name}`);
    const result = await attachOne(engine, candidate);
    if (result.ok) {
      attached.push(result.value);
      continue;
    }
    refusals.push(result.error.refusal);
    refused.push(candidate.fileId);
    if (result.error.engineLost) return { outcome: 'engine lost', without: refused, refusals };
  }
  if (attached.length === 0) return { outcome: 'empty', refusals };
  step('preparing the tables');
  await installRelations(engine, attached);
  for (const statement of lockStatements) await engine.query(statement);
  return {
    outcome: 'stands',
    candidates: attached.map((file) => file.candidate),
    files: openFiles(attached),
    refusals,
  };
}

interface AttachFailure {
  readonly refusal: Refusal;
  readonly engineLost: boolean;
}

async function attachOne(
  engine: BrowserEngine,
  candidate: Candidate,
): Promise<Result<Attached, AttachFailure>> {
  const { fileId, prepared } = candidate;
  const { source } = prepared;
  const seconds = attachLimitSeconds[source.kind];
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    engine.terminate('timed out');
  }, seconds * 1000);
  try {
    await register(engine, candidate);
    await engine.query(sql`ATTACH ${diskName(fileId)} AS ${ident(fileId)} (READ_ONLY, TYPE duckdb)`);
    const tables = await introspect(engine, fileId);
    const layouts = detectLayouts(tables, {
      name: source.name,
      ...(prepared.sizeBytes === undefined ? {} : { sizeBytes: prepared.sizeBytes }),
      hasWal: withWal(prepared),
    });
    if (!layouts.ok) {
      await engine.query(sql`DETACH ${ident(fileId)}`);
      return err({ refusal: layouts.error, engineLost: false });
    }
    const file = { fileId, alias: fileId, tables, candidate, dialects: layouts.value.dialects };
    await probe(engine, file);
    return ok(file);
  } catch (failure) {
    if (timedOut) return err({ refusal: hung(source.name, seconds), engineLost: true });
    const fatal = !(failure instanceof EngineError) || failure.kind !== 'query';
    const refusal = fatal ? engineCrashed(source.name, failure) : damaged(source.name, failure);
    // After a failed read the attached file cannot be trusted to detach: start anew without it.
    return err({ refusal, engineLost: true });
  } finally {
    clearTimeout(timer);
  }
}

/** The engine looks for a log under the name of the file with `.wal` added. */
async function register(engine: BrowserEngine, { fileId, prepared }: Candidate): Promise<void> {
  const { source, remoteWalUrl } = prepared;
  const name = diskName(fileId);
  if (source.kind === 'file') {
    await engine.registerFile(name, source.file);
    if (source.wal !== undefined) await engine.registerFile(`${name}.wal`, source.wal);
    return;
  }
  await engine.registerUrl(name, source.url);
  if (remoteWalUrl !== undefined) await engine.registerUrl(`${name}.wal`, remoteWalUrl);
}

const diskName = (fileId: FileId): string => `${fileId}.db`;

function withWal({ source, remoteWalUrl }: PreparedSource): boolean {
  return source.kind === 'file' ? source.wal !== undefined : remoteWalUrl !== undefined;
}

function openFiles(attached: readonly Attached[]): OpenFile[] {
  const names = uniqueNames(attached.map((file) => file.candidate.prepared.source.name));
  return attached.map(({ candidate: { fileId, prepared }, dialects }, i) => ({
    fileId,
    source: prepared.source,
    name: names[i] ?? prepared.source.name,
    sizeBytes: prepared.sizeBytes,
    dialects,
    writerVersion: prepared.header.writerVersion,
    withWal: withWal(prepared),
    linkToken: prepared.linkToken,
  }));
}
