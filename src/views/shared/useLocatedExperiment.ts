import { questions } from '../../data/questions.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { useSessionState } from '../../data/SessionContext.tsx';
import { useAnswers } from '../../data/useAnswer.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { inLinkOrder, isNamed } from './namedFile.ts';
import { useAddress } from './useAddress.ts';

export type Located =
  | { readonly phase: 'looking' }
  | { readonly phase: 'failed'; readonly error: Error }
  | { readonly phase: 'missing'; readonly searched: readonly string[] }
  | {
      readonly phase: 'found';
      readonly file: OpenFile;
      readonly summary: ExperimentSummary;
      /** Other open files that hold an experiment of the same id. */
      readonly alsoIn: readonly OpenFile[];
    };

/** The file that holds an experiment. Two files may hold the same id: the address then says which (`in`). */
export function useLocatedExperiment(id: string): Located {
  const { search } = useAddress();
  // Which file is meant where the link does not say must not hang on the order in which they were opened.
  const files = inLinkOrder(useSessionState().files, search.db);
  const answers = useAnswers(files.map((file) => questions.experimentList(file.fileId)));
  const found = files.flatMap((file, i) => {
    const summary = answers[i]?.data?.find((experiment) => experiment.experimentId === id);
    return summary === undefined ? [] : [{ file, summary }];
  });
  const chosen = found.find(({ file }) => isNamed(file, search.in)) ?? found[0];
  if (chosen !== undefined) {
    const alsoIn = found.flatMap(({ file }) => (file === chosen.file ? [] : [file]));
    return { phase: 'found', ...chosen, alsoIn };
  }
  if (answers.some((answer) => answer.isPending)) return { phase: 'looking' };
  const error = answers.find((answer) => answer.error !== null)?.error;
  return error == null
    ? { phase: 'missing', searched: files.map((file) => file.name) }
    : { phase: 'failed', error };
}
