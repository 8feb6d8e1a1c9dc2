import { isCollateral } from '../../engine/errors.ts';
import { lockStatements } from '../../engine/hardening.ts';
import type { BrowserEngine } from '../../engine/wasm/browserEngine.ts';
import type { FileId } from '../../lib/ids.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { attachOne, type Attached } from './attachOne.ts';
import type { Candidate } from './candidate.ts';
import type { EnginePool } from './enginePool.ts';
import { openingNotes } from './openingNotes.ts';
import { installOver } from './installOver.ts';
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

/** How often the same files are tried on another engine when one goes that none of them has ended by a statement. */
const collateralLimit = 4;

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
  let losses = 0;
  while (left.length > 0) {
    const engine = await pool.take(signal);
    const stop = (): void => engine.terminate('cancelled');
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    try {
      const attempt = await attachAll(engine, left, signal, step).catch((failure: unknown): Attempt => {
        if (!isCollateral(failure) || losses >= collateralLimit) throw failure;
        return { outcome: 'engine lost', without: [], refusals: [], collateral: true };
      });
      if (attempt.outcome === 'stands') {
        return { standing: { engine, ...attempt }, refusals: [...refusals, ...attempt.refusals] };
      }
      engine.terminate('left');
      if (attempt.outcome === 'engine lost' && attempt.collateral && losses++ < collateralLimit) continue;
      refusals.push(...attempt.refusals);
      if (attempt.outcome === 'empty') break;
      const refused = attempt.without;
      left = left.filter((candidate) => !refused.includes(candidate.fileId));
    } catch (failure) {
      engine.terminate('left');
      throw failure;
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
