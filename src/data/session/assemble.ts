import { EngineError, isCollateral } from '../../engine/errors.ts';
import { lockStatements } from '../../engine/engine.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import type { FileId } from '../../lib/ids.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { attachOne, settleViews, type Attached, type AttachFailure } from './attachOne.ts';
import { diskName, diskNameAlone, type Candidate } from './prepare.ts';
import type { EnginePool } from './enginePool.ts';
import { watchReads, type SetAside } from './remoteReads.ts';
import { type OpenFile, uniqueNames } from './state.ts';
import { defaultBlockBytes } from '../../source/header.ts';
import { rowsMissing, walCut } from '../../source/walRefusals.ts';
import { ident, sql } from '../../lib/sql.ts';
import { installRelations } from '../../catalog/install.ts';

/** Files that stand attached on a locked engine. */
export interface Standing {
  readonly engine: BrowserEngine;
  readonly attached: readonly Attached[];
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
type OthersWait = (others: readonly Candidate[]) => boolean;

/** How often the same files are tried on another engine when one goes that none of them has ended by a statement. */
const collateralLimit = 4;

/**
 * Attaches candidates to a locked engine, read-only, and installs the relations over them. A candidate that fails is
 * refused and left out; one that takes the engine with it makes the rest start anew, and so does one whose host keeps
 * others waiting: `othersWait` says whether these candidates do, or somebody else. The engine is a fresh one, or
 * `running`, what stands already, where a fresh one is long in coming (docs/decisions/0002-engines-and-sets.md) or an open
 * file of this machine cannot be read any more.
 */
export async function assemble(
  candidates: readonly Candidate[],
  pool: EnginePool,
  signal: AbortSignal,
  step: Step,
  othersWait: OthersWait,
  running?: Standing,
): Promise<Assembly> {
  const anew = (files: readonly Candidate[], first?: BrowserEngine): Promise<Assembly> =>
    assembleAnew(files, pool, signal, step, othersWait, first);
  if (running === undefined) return anew(candidates);
  // A file that was written to or deleted stays open only where it stands; one of its name takes its place.
  const isNew = (candidate: Candidate): boolean => !running.candidates.includes(candidate);
  const isReplaced = ({ prepared: { source } }: Candidate): boolean =>
    candidates.some((each) => {
      const later = each.prepared.source;
      return isNew(each) && later.kind === 'file' && later.name === source.name;
    });
  const unreadable = await unreadableOf(running, candidates);
  const wanted = candidates.filter((each) => !unreadable.includes(each) || !isReplaced(each));
  const fresh = unreadable.some((each) => wanted.includes(each)) ? undefined : await pool.takeSoon(signal);
  if (fresh !== undefined) return anew(wanted, fresh);
  const joined = await join(running, wanted, signal, step);
  if (joined.outcome !== 'engine lost') {
    const standing = joined.outcome === 'stands' ? { engine: running.engine, ...joined } : undefined;
    return { standing, refusals: joined.refusals, setAside: [] };
  }
  const assembled = await anew(wanted.filter(({ fileId }) => !joined.without.includes(fileId)));
  const refusals = [...joined.refusals, ...assembled.refusals];
  if (assembled.standing !== undefined) return { ...assembled, refusals };
  // What was open stays open, and not on an engine that something went wrong on.
  const { standing } = await anew(running.candidates);
  return { ...assembled, standing, refusals };
}

/** Stands the files up on an engine of its own, beside the one that answers for them; undefined where none is open. */
export async function standBeside(
  candidates: readonly Candidate[],
  pool: EnginePool,
  signal: AbortSignal,
): Promise<Standing | undefined> {
  const nothing = (): undefined => undefined;
  return (await assembleAnew(candidates, pool, signal, nothing, () => false)).standing;
}

async function assembleAnew(
  candidates: readonly Candidate[],
  pool: EnginePool,
  signal: AbortSignal,
  step: Step,
  othersWait: OthersWait,
  first?: BrowserEngine,
): Promise<Assembly> {
  const refusals: Refusal[] = [];
  const setAside: SetAside[] = [];
  let left = candidates;
  let losses = 0;
  let waiting = first;
  while (left.length > 0) {
    const engine = waiting ?? (await pool.take(signal));
    waiting = undefined;
    const stop = (): void => engine.terminate('cancelled');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    const standstill = watchReads(engine, left, othersWait);
    try {
      const attempt = await attachAfresh(engine, left, signal, step).catch((failure: unknown): Attempt => {
        if (standstill.found() === undefined && (!isCollateral(failure) || losses >= collateralLimit)) {
          throw failure;
        }
        return { outcome: 'engine lost', without: [], refusals: [], hung: false, collateral: true };
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
      /** Refused, the one that the engine was lost over last. */
      readonly without: readonly FileId[];
      /** The engine did not come back and was ended. */
      readonly hung: boolean;
      /** The engine went by itself: no file need be at fault. */
      readonly collateral: boolean;
      readonly refusals: readonly Refusal[];
    };

async function attachAfresh(
  engine: BrowserEngine,
  candidates: readonly Candidate[],
  signal: AbortSignal,
  step: Step,
): Promise<Attempt> {
  await engine.run(lockStatements);
  return attachAll(engine, [], candidates, signal, step, installOver);
}

/**
 * Attaches to the engine that stands what it lacks, and takes out of the relations what is not wanted any more. What it
 * has prepared stays, and it answers meanwhile. Whatever goes wrong is judged on a fresh engine, since this one may be
 * to blame; a file that it did not come back from is not tried a second time.
 */
async function join(
  running: Standing,
  candidates: readonly Candidate[],
  signal: AbortSignal,
  step: Step,
): Promise<Attempt> {
  const { engine } = running;
  const wanted = running.attached.filter(({ candidate }) => candidates.includes(candidate));
  const added = candidates.filter((each) => !running.candidates.includes(each));
  try {
    const attempt = await attachAll(engine, wanted, added, signal, step, async (_, files) => {
      await installRelations(engine, files);
      return { files, refusals: [] };
    });
    if (attempt.outcome !== 'engine lost') return attempt;
    await undo(running, added);
    if (attempt.hung) return attempt;
    return { ...attempt, refusals: attempt.refusals.slice(0, -1), without: attempt.without.slice(0, -1) };
  } catch (failure) {
    await undo(running, added);
    if (signal.aborted || !(failure instanceof EngineError)) throw failure;
    return { outcome: 'engine lost', without: [], refusals: [], hung: false, collateral: true };
  }
}

/** Local files among the open ones that are not any more what was attached: a browser reads none that was written to since. */
async function unreadableOf(
  { attached }: Standing,
  wanted: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const open = attached.map(({ candidate }) => candidate).filter((each) => wanted.includes(each));
  const found = await Promise.all(
    open.map(async (candidate) => {
      const { access } = candidate.prepared;
      const blobs = [access.kind === 'local' ? access.file : undefined, access.log];
      const reads = blobs.flatMap((blob) => (blob === undefined ? [] : [blob.slice(0, 1).arrayBuffer()]));
      return Promise.all(reads).then(
        () => [],
        () => [candidate],
      );
    }),
  );
  return found.flat();
}

/** Detaching takes no time, unless the engine is stuck. */
const undoLimitMs = 5_000;

/** What stood before the files were added; an engine that cannot do that any more is ended. */
async function undo({ engine, attached }: Standing, added: readonly Candidate[]): Promise<void> {
  const timer = setTimeout(() => engine.terminate('timed out'), undoLimitMs);
  try {
    await installRelations(engine, attached);
    for (const { fileId } of added) await engine.query(sql`DETACH DATABASE IF EXISTS ${ident(fileId)}`);
  } catch {
    engine.terminate('left');
  } finally {
    clearTimeout(timer);
  }
}

/** Detaches from an engine what it stood with before and does not any more. */
export async function letGo(before: Standing, { engine, attached }: Standing): Promise<void> {
  for (const { fileId } of before.attached.filter((file) => !attached.includes(file))) {
    await engine.query(sql`DETACH DATABASE IF EXISTS ${ident(fileId)}`);
    const names = [diskName(fileId), `${diskName(fileId)}.wal`, diskNameAlone(fileId)];
    for (const name of names) await engine.release(name);
  }
}

/** Attaches `added` beside `kept`, which stand on the engine already. */
async function attachAll(
  engine: BrowserEngine,
  kept: readonly Attached[],
  added: readonly Candidate[],
  signal: AbortSignal,
  step: Step,
  install: typeof installOver,
): Promise<Attempt> {
  const attached: Attached[] = [];
  const refusals: Refusal[] = [];
  const refused: FileId[] = [];
  /** Whether a candidate has taken the engine with it. */
  const refuse = (fileId: FileId, failure: AttachFailure): Attempt | undefined => {
    refusals.push(failure.refusal);
    refused.push(fileId);
    const { engineLost, hung = false, collateral = false } = failure;
    return engineLost ? { outcome: 'engine lost', without: refused, refusals, hung, collateral } : undefined;
  };
  for (const candidate of added) {
    step(`attaching ${candidate.prepared.source.name}`);
    const result = await attachOne(engine, candidate, signal);
    signal.throwIfAborted();
    const lost = result.ok ? undefined : refuse(candidate.fileId, result.error);
    if (lost !== undefined) return lost;
    if (result.ok) attached.push(result.value);
  }
  step('preparing the tables');
  const settled = [...kept];
  for (const file of attached) {
    const result = await settleViews(engine, file);
    const lost = result.ok ? undefined : refuse(file.fileId, result.error);
    if (lost !== undefined) return lost;
    if (result.ok) settled.push(result.value);
  }
  if (settled.length === 0) return { outcome: 'empty', refusals };
  signal.throwIfAborted();
  const installed = await install(engine, settled);
  refusals.push(...installed.refusals);
  if (installed.files.length === 0) return { outcome: 'empty', refusals };
  return {
    outcome: 'stands',
    attached: installed.files,
    candidates: installed.files.map((file) => file.candidate),
    files: await openFiles(installed.files),
    notes: new Map(installed.files.map((file) => [file.fileId, openingNotes(file)])),
    refusals,
  };
}

async function openFiles(attached: readonly Attached[]): Promise<OpenFile[]> {
  const names = uniqueNames(
    attached.map(({ candidate: { prepared } }) => ({
      name: prepared.source.name,
      linkToken: prepared.linkToken,
    })),
  );
  const more = await Promise.all(attached.map(({ candidate }) => candidate.prepared.moreFormerPrints()));
  return attached.map(({ candidate: { fileId, prepared }, dialects, withLog }, i) => ({
    fileId,
    source: prepared.source,
    name: names[i] ?? prepared.source.name,
    sizeBytes: prepared.sizeBytes,
    leastBytes: prepared.leastBytes,
    dialects,
    writerVersion: prepared.header.writerVersion,
    storageVersion: String(prepared.header.storageVersion),
    withWal: withLog,
    logBytes: prepared.logBytes,
    linkToken: prepared.linkToken,
    prints: { ...prepared.prints, former: [...prepared.prints.former, ...(more[i] ?? [])] },
    state: prepared.state,
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
    why: `${(message.split('\n')[0] ?? message).replace(/\.+$/, '')}. A column that is computed from others may call a function that the browser’s engine does not have.`,
    wayOut:
      'Write the table anew with plain columns (CREATE TABLE copied AS FROM the table), and open that file.',
  };
}
