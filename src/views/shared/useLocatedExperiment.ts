import type { OpenFile } from '../../data/session/state.ts';
import { useSessionState } from '../../data/SessionContext.tsx';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { experimentId } from '../../lib/ids.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { experimentHolders } from '../../queries/holders.ts';
import { inLinkOrder, isNamed } from './namedFile.ts';
import { useAddress } from './useAddress.ts';
import { useHolders } from './useHolders.ts';
import { placeFields } from '../../url/fields.ts';

export type LocatedExperiment =
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
export function useLocatedExperiment(id: string): LocatedExperiment {
  const { search } = useAddress(placeFields);
  // Which file is meant where the link does not say must not hang on the order in which they were opened.
  const files = inLinkOrder(useSessionState().files, search.db);
  const { holders, error } = useHolders(files, (fileIds) =>
    experimentHolders.about({ fileIds, experimentId: experimentId(id) }),
  );
  const chosen = holders?.find((file) => isNamed(file, search.in)) ?? holders?.[0];
  const lists = useJoinedAnswers(
    chosen === undefined ? [] : [experimentList.about({ fileId: chosen.fileId })],
  );
  const summary = lists.data[0]?.find((experiment) => experiment.experimentId === id);
  if (chosen !== undefined && summary !== undefined) {
    return {
      phase: 'found',
      file: chosen,
      summary,
      alsoIn: holders?.filter((file) => file !== chosen) ?? [],
    };
  }
  const failure = error ?? lists.error;
  if (failure != null) return { phase: 'failed', error: failure };
  if (holders === undefined || lists.isPending) return { phase: 'looking' };
  return { phase: 'missing', searched: files.map((file) => file.name) };
}
