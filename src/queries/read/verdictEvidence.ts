import { verdictsByIteration } from '../../domain/verdict/deriveVerdicts.ts';
import type { DecisionEvidence, IterationEvidence } from '../../domain/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import { groupBy } from '../../lib/groupBy.ts';
import type { Sql } from '../../lib/sql.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { unexaminedExchangeHeads, type ExchangeHead } from '../exchangeHeads.ts';
import { readDecisions } from './experimentEvents.ts';
import { evaluationEvidence, readEvaluationRows, type StoredEvaluation } from './evaluationRows.ts';
import { iterationEvidence, readIterationRows, type StoredIteration } from './iterationRows.ts';
import { collectInSlices } from './slices.ts';

/** All that tells about the proposals of one experiment, as read; texts are not parsed yet. */
export interface StoredEvidence {
  readonly iterations: readonly StoredIteration[];
  readonly evaluations: readonly StoredEvaluation[];
  readonly decisions: readonly DecisionEvidence[];
  readonly exchanges: readonly ExchangeHead[];
}

export const noEvidence: StoredEvidence = { iterations: [], evaluations: [], decisions: [], exchanges: [] };

/** Evidence by experiment of a file, of those that fulfil a condition: one statement per kind, however many. */
export async function readVerdictEvidence(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, StoredEvidence>> {
  // Asked for together: while the engine works on one answer, the one before is decoded.
  const [iterations, evaluationRows, decisionRows, exchangeRows] = await Promise.all([
    readIterationRows(engine, condition, signal),
    readEvaluationRows(engine, condition, signal),
    readDecisions(engine, condition, signal),
    unexaminedExchangeHeads(engine, condition, signal),
  ]);
  const byExperiment = groupBy(iterations, idOf);
  const evaluations = groupBy(evaluationRows, idOf);
  const decisions = groupBy(decisionRows, idOf);
  const exchanges = groupBy(exchangeRows, idOf);
  const keys = new Set([...byExperiment.keys(), ...evaluations.keys(), ...exchanges.keys()]);
  return new Map(
    [...keys].map((key) => [
      key,
      {
        iterations: byExperiment.get(key) ?? [],
        evaluations: evaluations.get(key) ?? [],
        decisions: decisions.get(key) ?? [],
        exchanges: exchanges.get(key) ?? [],
      },
    ]),
  );
}

const idOf = ({ experimentId }: { readonly experimentId: string }): string => experimentId;

/** One experiment with its verdicts; the parsed iterations are kept for what else they tell. */
export interface JudgedExperiment {
  readonly stored: StoredEvidence;
  readonly iterations: readonly IterationEvidence[];
  readonly proposals: readonly Proposal[];
}

/** Parses and judges, in slices. */
export async function judgeInSlices(
  stored: StoredEvidence,
  signal: AbortSignal | undefined,
): Promise<JudgedExperiment> {
  const iterations = await collectInSlices(iterationEvidence(stored.iterations), signal);
  const evidence = evaluationEvidence(stored.evaluations, stored.iterations);
  const evaluations = await collectInSlices(evidence, signal);
  const { decisions, exchanges } = stored;
  const steps = verdictsByIteration({ iterations, evaluations, decisions, exchanges });
  return { stored, iterations, proposals: (await collectInSlices(steps, signal)).flat() };
}
