import type { Engine } from '../../engine/engine.ts';
import type { ExperimentId, FileId } from '../../lib/ids.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';
import { experimentKey } from './experimentKey.ts';
import {
  evidenceOf,
  judgeInSlices,
  readVerdictEvidence,
  type Judged,
  type StoredEvidence,
} from './verdictEvidence.ts';

/** Iterations whose verdicts are kept in memory, of all experiments together: some 30 MB. */
const keptIterations = 20_000;

interface Kept {
  readonly judged: Map<string, Judged>;
  iterations: number;
}

/** By engine: it serves one set of files, which do not change while they are attached. */
const keptBy = new WeakMap<Engine, Kept>();

/**
 * Judges one experiment and keeps what came out, within bounds: the list derives every verdict of a small file,
 * and the page of an experiment, which is likely to be opened next, needs the same.
 */
export async function judgeAndKeep(
  engine: Engine,
  experiment: { readonly fileId: FileId | string; readonly experimentId: ExperimentId | string },
  stored: StoredEvidence,
  signal: AbortSignal | undefined,
): Promise<Judged> {
  const judged = await judgeInSlices(stored, signal);
  const kept = keptBy.get(engine) ?? { judged: new Map<string, Judged>(), iterations: 0 };
  keptBy.set(engine, kept);
  if (kept.iterations + judged.iterations.length <= keptIterations) {
    kept.iterations += judged.iterations.length;
    kept.judged.set(experimentKey(experiment), judged);
  }
  return judged;
}

/** Verdicts that are still in memory. */
export function keptJudged(engine: Engine, scope: ExperimentScope): Judged | undefined {
  return keptBy.get(engine)?.judged.get(experimentKey(scope));
}

/** One experiment with its verdicts, read unless they are still there. */
export async function readJudged(
  engine: Engine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<Judged> {
  const kept = keptJudged(engine, scope);
  if (kept !== undefined) return kept;
  const evidence = await readVerdictEvidence(engine, ofExperiment(scope), signal);
  return judgeInSlices(evidenceOf(evidence, scope), signal);
}
