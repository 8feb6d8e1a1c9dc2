import type { Proposal } from '../domain/experiment/normalised.ts';
import { verdictsByIteration } from '../domain/verdict/deriveVerdicts.ts';
import type { DecisionEvidence, IterationEvidence } from '../domain/verdict/evidence.ts';
import type { Engine } from '../engine/engine.ts';
import { groupBy } from '../lib/groupBy.ts';
import type { ExperimentId } from '../lib/ids.ts';
import type { Sql } from '../lib/sql.ts';
import { unexaminedExchangeHeads, type ExchangeHead } from './exchangeHeads.ts';
import { defineQuery, type QueryEngine } from './query.ts';
import { evaluationEvidence, readEvaluationRows, type StoredEvaluation } from './read/evaluationRows.ts';
import { readDecisions } from './read/experimentEvents.ts';
import {
  iterationEvidence,
  readCostsOf,
  readIterationRows,
  type StoredCosts,
  type StoredIteration,
} from './read/iterationRows.ts';
import { collectInSlices } from './read/slices.ts';
import { inFile, ofExperiment, type DeskScope, type ExperimentScope, type FileScope } from './scope.ts';

/** All that tells about the proposals of one experiment, as read; texts are not parsed yet. */
interface StoredEvidence {
  readonly iterations: readonly StoredIteration[];
  readonly evaluations: readonly StoredEvaluation[];
  readonly decisions: readonly DecisionEvidence[];
  readonly exchanges: readonly ExchangeHead[];
}

const noEvidence: StoredEvidence = { iterations: [], evaluations: [], decisions: [], exchanges: [] };

/** Evidence by experiment of a file, of those that fulfil a condition: one statement per kind, however many. */
async function readVerdictEvidence(
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
  /** Of each iteration. */
  readonly costs: readonly StoredCosts[];
  readonly proposals: readonly Proposal[];
}

/** Parses and judges, in slices. */
async function judgeInSlices(
  stored: StoredEvidence,
  signal: AbortSignal | undefined,
): Promise<JudgedExperiment> {
  const iterations = await collectInSlices(iterationEvidence(stored.iterations), signal);
  const costs = await collectInSlices(readCostsOf(stored.iterations), signal);
  const evidence = evaluationEvidence(stored.evaluations, stored.iterations);
  const evaluations = await collectInSlices(evidence, signal);
  const { decisions, exchanges } = stored;
  const steps = verdictsByIteration({ iterations, evaluations, decisions, exchanges });
  return { stored, iterations, costs, proposals: (await collectInSlices(steps, signal)).flat() };
}

/** Iterations that are kept when nobody looks at them: some 30 MB. */
const keptIterations = 20_000;

const notJudged: JudgedExperiment = { stored: noEvidence, iterations: [], costs: [], proposals: [] };

/** The iterations of every experiment of a file with their verdicts, with one statement for each kind of record. */
const judgedFile = defineQuery(
  {
    name: 'judgedFile',
    scope: 'one file',
    async run(engine, { fileId }: FileScope, signal): Promise<ReadonlyMap<string, JudgedExperiment>> {
      const evidence = await readVerdictEvidence(engine, inFile({ fileId }), signal);
      const judged = new Map<string, JudgedExperiment>();
      for (const [id, stored] of evidence) judged.set(id, await judgeInSlices(stored, signal));
      return judged;
    },
  },
  {
    weightOf: (judged) => [...judged.values()].reduce((sum, { iterations }) => sum + iterations.length, 0),
    most: keptIterations,
  },
);

/**
 * The iterations of one experiment with their verdicts: what list, page, desk, history and checks say of them rests on
 * this one answer.
 */
export const judgedIterations = defineQuery(
  {
    name: 'judgedIterations',
    scope: 'experiment',
    async run(engine, { fileId, experimentId }: ExperimentScope, signal): Promise<JudgedExperiment> {
      const ofFile = engine.known(judgedFile.about({ fileId }));
      if (ofFile !== undefined) return ofFile.get(experimentId) ?? notJudged;
      const evidence = await readVerdictEvidence(engine, ofExperiment({ fileId, experimentId }), signal);
      return judgeInSlices(evidence.get(experimentId) ?? noEvidence, signal);
    },
  },
  { weightOf: ({ iterations }) => iterations.length, most: keptIterations },
);

/** The same by experiment: of the one that is asked for, or of all of a file. */
export async function judgedIn(
  engine: QueryEngine,
  { fileId, experimentId }: DeskScope,
  signal: AbortSignal | undefined,
): Promise<(id: ExperimentId | string) => JudgedExperiment> {
  if (experimentId !== undefined) {
    const judged = await engine.ask(judgedIterations.about({ fileId, experimentId }), signal);
    return () => judged;
  }
  const ofFile = await engine.ask(judgedFile.about({ fileId }), signal);
  return (id) => ofFile.get(id) ?? notJudged;
}
