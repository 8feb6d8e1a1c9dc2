import { installRelations } from '../../catalog/install.ts';
import { lockStatements } from '../../engine/hardening.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import type { FileId } from '../../schema/ids.ts';
import type { Refusal } from '../../schema/refusal.ts';
import { attachOne, withWal, type Attached, type Candidate } from './attachOne.ts';
import type { EnginePool } from './enginePool.ts';
import { openingNotes } from './openingNotes.ts';
import { settleViews } from './settleViews.ts';
import type { OpenFile } from './state.ts';
import { uniqueNames } from './uniqueNames.ts';

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
}

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
    const engine = await pool.take(signal);
    const stop = (): void => engine.terminate('cancelled');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
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
  | (Omit<Standing, 'engine'> & { readonly outcome: 'stands'; readonly refusals: readonly Refusal[] })
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
    if (result.error.engineLost) return { outcome: 'engine lost', without: refused, refusals };
  }
  if (settled.length === 0) return { outcome: 'empty', refusals };
  await installRelations(engine, settled);
  return {
    outcome: 'stands',
    candidates: settled.map((file) => file.candidate),
    files: openFiles(settled),
    notes: new Map(settled.map((file) => [file.fileId, openingNotes(file)])),
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
