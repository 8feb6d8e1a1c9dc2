import { EngineError, isCollateral } from '../../engine/errors.ts';
import { lockStatements } from '../../engine/hardening.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import type { FileId } from '../../lib/ids.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { attachOne, type Attached, type AttachFailure } from './attachOne.ts';
import type { Candidate } from './candidate.ts';
import type { EnginePool } from './enginePool.ts';
import { watchReads, type SetAside } from './setAside.ts';
import type { OpenFile } from './state.ts';
import { uniqueNames } from './uniqueNames.ts';
import { defaultBlockBytes } from '../../source/header.ts';
import { rowsMissing, walCut } from '../../source/walRefusals.ts';
import { detectLayouts } from '../../catalog/detect.ts';
import { probeViews } from '../../catalog/probe.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { ident, sql } from '../../lib/sql.ts';
import { engineCrashed, hung } from './engineRefusals.ts';
import { installRelations } from '../../catalog/install.ts';

/** Files that stand attached on a locked engine. */
export interface Standing {
  readonly engine: BrowserEngine;
  readonly candidates: readonly Candidate[];
  readonly files: readonly OpenFile[];
  /** What is to be known of each file that opened. */
  readonly notes: ReadonlyMap<FileId, readonly Refusal[]>;
}

export interface Assembly {
  /** Undefined when none of the files could be attached. */
  readonly standing: Standing | undefined;
  readonly refusals: readonly Refusal[];
  /** Left out for now, as others would have waited for their hosts. */
  readonly setAside: readonly SetAside[];
}

type Step = (word: string) => void;

/** How often the same files are tried on another engine when one goes that none of them has ended by a statement. */
const collateralLimit = 4;

/**
 * Attaches candidates to a fresh engine, read-only, installs the relations over them and locks the engine. A
 * candidate that fails is refused and left out; one that takes the engine with it makes the rest start anew, and so does
 * one whose host keeps others waiting: `othersWait` says whether these candidates do, or somebody else.
 */
export async function assemble(
  candidates: readonly Candidate[],
  pool: EnginePool,
  signal: AbortSignal,
  step: Step,
  othersWait: (others: readonly Candidate[]) => boolean,
): Promise<Assembly> {
  const refusals: Refusal[] = [];
  const setAside: SetAside[] = [];
  let left = candidates;
  let losses = 0;
  while (left.length > 0) {
    const engine = await pool.take(signal);
    const stop = (): void => engine.terminate('cancelled');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const standstill = watchReads(engine, left, othersWait);
    try {
      const attempt = await attachAll(engine, left, signal, step).catch((failure: unknown): Attempt => {
        if (standstill.found() === undefined && (!isCollateral(failure) || losses >= collateralLimit)) {
          throw failure;
        }
        return { outcome: 'engine lost', without: [], refusals: [], collateral: true };
      });
      if (attempt.outcome === 'stands') {
        return { standing: { engine, ...attempt }, refusals: [...refusals, ...attempt.refusals], setAside };
      }
      engine.terminate('left');
      const stalled = standstill.found();
      if (stalled !== undefined) {
        setAside.push(stalled);
        left = left.filter((candidate) => candidate !== stalled.candidate);
        continue;
      }
      if (attempt.outcome === 'engine lost' && attempt.collateral && losses++ < collateralLimit) continue;
      refusals.push(...attempt.refusals);
      if (attempt.outcome === 'empty') break;
      const refused = attempt.without;
      left = left.filter((candidate) => !refused.includes(candidate.fileId));
    } catch (failure) {
      engine.terminate('left');
      throw failure;
    } finally {
      standstill.stop();
      signal.removeEventListener('abort', stop);
    }
    signal.throwIfAborted();
  }
  return { standing: undefined, refusals, setAside };
}

type Attempt =
  | (Omit<Standing, 'engine'> & { readonly outcome: 'stands'; readonly refusals: readonly Refusal[] })
  | { readonly outcome: 'empty'; readonly refusals: readonly Refusal[] }
  | {
      readonly outcome: 'engine lost';
      readonly without: readonly FileId[];
      /** The engine went by itself: no file need be at fault. */
      readonly collateral: boolean;
      readonly refusals: readonly Refusal[];
    };

async function attachAll(
  engine: BrowserEngine,
  candidates: readonly Candidate[],
  signal: AbortSignal,
  step: Step,
): Promise<Attempt> {
  const attached: Attached[] = [];
  const refusals: Refusal[] = [];
  const refused: FileId[] = [];
  for (const candidate of candidates) {
    step(`attaching ${candidate.prepared.source.name}`);
    const result = await attachOne(engine, candidate, signal);
    if (result.ok) {
      attached.push(result.value);
      continue;
    }
    refusals.push(result.error.refusal);
    refused.push(candidate.fileId);
    const { engineLost, collateral = false } = result.error;
    if (engineLost) return { outcome: 'engine lost', without: refused, refusals, collateral };
  }
  if (attached.length === 0) return { outcome: 'empty', refusals };
  step('preparing the tables');
  // Before anything reads a view of a file: from here on it reaches no other file and no host.
  await engine.run(lockStatements);
  const settled: Attached[] = [];
  for (const file of attached) {
    const result = await settleViews(engine, file);
    if (result.ok) {
      settled.push(result.value);
      continue;
    }
    refusals.push(result.error.refusal);
    refused.push(file.fileId);
    const { engineLost, collateral = false } = result.error;
    if (engineLost) return { outcome: 'engine lost', without: refused, refusals, collateral };
  }
  if (settled.length === 0) return { outcome: 'empty', refusals };
  const installed = await installOver(engine, settled);
  refusals.push(...installed.refusals);
  if (installed.files.length === 0) return { outcome: 'empty', refusals };
  return {
    outcome: 'stands',
    candidates: installed.files.map((file) => file.candidate),
    files: openFiles(installed.files),
    notes: new Map(installed.files.map((file) => [file.fileId, openingNotes(file)])),
    refusals,
  };
}

function openFiles(attached: readonly Attached[]): OpenFile[] {
  const names = uniqueNames(
    attached.map(({ candidate: { prepared } }) => ({
      name: prepared.source.name,
      linkToken: prepared.linkToken,
    })),
  );
  return attached.map(({ candidate: { fileId, prepared }, dialects, withLog }, i) => ({
    fileId,
    source: prepared.source,
    name: names[i] ?? prepared.source.name,
    sizeBytes: prepared.sizeBytes,
    leastBytes: prepared.leastBytes,
    dialects,
    writerVersion: prepared.header.writerVersion,
    withWal: withLog,
    linkToken: prepared.linkToken,
  }));
}

/** What the reader has to know of a file that opened: rows that it may lack, tables that were left aside. */
function openingNotes(file: Attached): readonly Refusal[] {
  const { source, sizeBytes, header, walFacts, logName } = file.candidate.prepared;
  const notes: Refusal[] = [];
  if (file.logLeftAside !== undefined) notes.push(file.logLeftAside);
  if (file.withLog && walFacts?.state === 'cut') notes.push(walCut(logName, walFacts));
  const ahead = (sizeBytes ?? 0) - (header.expectedBytes ?? Infinity);
  if (walFacts === undefined && !file.withLog && ahead >= Number(defaultBlockBytes)) {
    notes.push(rowsMissing(source.name, ahead));
  }
  if (file.candidates.length > 1) notes.push(otherSchemas(source.name, file));
  return notes;
}

function otherSchemas(name: string, { schema, candidates }: Attached): Refusal {
  return {
    code: 'other-schema',
    warning: true,
    subject: name,
    what: `${name} holds tables of experiments or runs in the schemas ${candidates.join(' and ')}.`,
    why: `Those of ${schema} are shown: the first of them that has rows.`,
    wayOut: 'To see the others, copy their tables into a database of their own and open it beside this one.',
  };
}

/** A view may be a computation without end. */
const viewLimitSeconds = 20;

/**
 * Reads the views that a file has in place of tables, on a locked engine: a view of a stranger may name any file
 * or host. Views that fail are left out; a file that nothing is left of is refused and detached.
 */
async function settleViews(engine: BrowserEngine, file: Attached): Promise<Result<Attached, AttachFailure>> {
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
    const refusal = limit.passed ? hung(prepared.source, viewLimitSeconds) : engineCrashed(name, failure);
    return err({ refusal, engineLost: true, collateral: !limit.passed && isCollateral(failure) });
  } finally {
    clearTimeout(timer);
  }
}

interface Installed {
  readonly files: readonly Attached[];
  readonly refusals: readonly Refusal[];
}

/**
 * Installs the relations over all files. Where the engine refuses them, it refuses those of one file (a generated
 * column may call a function that this engine lacks): each is tried alone, and what fails is refused alone.
 */
async function installOver(engine: BrowserEngine, files: readonly Attached[]): Promise<Installed> {
  try {
    await installRelations(engine, files);
    return { files, refusals: [] };
  } catch (failure) {
    if (!isRefused(failure)) throw failure;
  }
  const sound: Attached[] = [];
  const refusals: Refusal[] = [];
  for (const file of files) {
    try {
      await installRelations(engine, [file]);
      sound.push(file);
    } catch (failure) {
      if (!isRefused(failure)) throw failure;
      refusals.push(notReadable(file.candidate.prepared.source.name, failure));
    }
  }
  await installRelations(engine, sound);
  for (const file of files) {
    if (!sound.includes(file)) await engine.query(sql`DETACH ${ident(file.alias)}`);
  }
  return { files: sound, refusals };
}

const isRefused = (failure: unknown): failure is EngineError =>
  failure instanceof EngineError && failure.kind === 'query';

function notReadable(name: string, { message }: EngineError): Refusal {
  return {
    code: 'no-known-tables',
    subject: name,
    what: `The tables of ${name} cannot be read by this engine.`,
    why: `${message.split('\n')[0] ?? message}. A column that is computed from others may call a function that the browser’s engine does not have.`,
    wayOut:
      'Write the table anew with plain columns (CREATE TABLE copied AS FROM the table), and open that file.',
  };
}
