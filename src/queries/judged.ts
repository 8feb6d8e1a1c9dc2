import type { ExperimentId } from '../lib/ids.ts';
import { defineQuery, type QueryEngine } from './query.ts';
import {
  judgeInSlices,
  noEvidence,
  readVerdictEvidence,
  type JudgedExperiment,
} from './read/verdictEvidence.ts';
import { inFile, ofExperiment, type DeskScope, type ExperimentScope, type FileScope } from './scope.ts';

/** Iterations that are kept when nobody looks at them: some 30 MB. */
const keptIterations = 20_000;

const notJudged: JudgedExperiment = { stored: noEvidence, iterations: [], proposals: [] };

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
