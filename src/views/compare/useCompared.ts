import { useMemo } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import type { ExperimentFacts } from '../../domain/answers/experiments.ts';
import { outcomeOf, sameIterations, type Outcome } from '../../domain/compare/outcome.ts';
import type { ExperimentDetail, ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { experimentDetail, experimentFacts } from '../../queries/experimentDetail.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { experimentLabel } from '../shared/experimentWords.ts';
import { inLinkOrder, isNamed } from '../shared/namedFile.ts';

/** One experiment of a comparison. */
export interface Compared {
  /** As the address has it: the experiment's id, or `{id}~{file}` of the version in that file. */
  readonly id: string;
  readonly label: string;
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  readonly detail: ExperimentDetail;
  readonly outcome: Outcome;
  /** Undefined until they are read. */
  readonly facts: ExperimentFacts | undefined;
  /** Other open files with this experiment: counted once. `same`: with the same iterations. */
  readonly alsoIn: readonly { readonly file: OpenFile; readonly same: boolean | undefined }[];
}

interface Holder {
  readonly id: string;
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
}

/** The experiments of these ids, each from the first open file that holds it, in the order of the link. */
export function useCompared(ids: readonly string[], db: readonly string[] | undefined) {
  const { files: open } = useSessionState();
  const files = useMemo(() => inLinkOrder(open, db), [open, db]);
  const lists = useJoinedAnswers(files.map(({ fileId }) => experimentList.about({ fileId })));
  const holders = useMemo(
    () =>
      ids.flatMap((id) => {
        const held = (experiment: string, of: readonly OpenFile[]) =>
          of.flatMap((file): Holder[] => {
            const list = lists.data[files.indexOf(file)];
            const summary = list?.find(({ experimentId }) => experimentId === experiment);
            return summary === undefined ? [] : [{ id, file, summary }];
          });
        const everywhere = held(id, files);
        // An id may hold a tilde itself.
        const at = id.lastIndexOf('~');
        if (everywhere.length > 0 || at < 0) return everywhere;
        const named = files.filter((file) => isNamed(file, id.slice(at + 1)));
        return held(id.slice(0, at), named.slice(0, 1));
      }),
    [ids, files, lists.data],
  );
  const scopeOf = ({ file, summary }: Holder) => ({
    fileId: file.fileId,
    experimentId: summary.experimentId,
  });
  const details = useJoinedAnswers(holders.map((holder) => experimentDetail.about(scopeOf(holder))));
  const facts = useJoinedAnswers(holders.map((holder) => experimentFacts.about(scopeOf(holder))));
  const compared = useMemo(
    () =>
      ids.flatMap((id): Compared[] => {
        const places = holders.flatMap((holder, i) => (holder.id === id ? [i] : []));
        const [first = -1, ...others] = places;
        const [holder, detail] = [holders[first], details.data[first]];
        if (holder === undefined || detail == null) return [];
        const { file, summary } = holder;
        const { experimentId } = summary;
        const label = experimentLabel(summary.name, experimentId);
        // Two versions of one experiment are told apart by their files.
        const named = new Set(
          holders.flatMap((other) => (other.summary.experimentId === experimentId ? [other.id] : [])),
        );
        return [
          {
            id,
            label: named.size > 1 ? `${label} in ${file.name}` : label,
            file,
            summary,
            detail,
            outcome: outcomeOf(detail.iterations, detail.proposals, summary.unplacedRows),
            facts: facts.data[first] ?? undefined,
            alsoIn: others.flatMap((i) => {
              const [other, otherDetail] = [holders[i], details.data[i]];
              if (other === undefined) return [];
              const same =
                otherDetail == null ? undefined : sameIterations(detail.iterations, otherDetail.iterations);
              return [{ file: other.file, same }];
            }),
          },
        ];
      }),
    [ids, holders, details.data, facts.data],
  );
  const missing = ids.filter((id) => !holders.some((holder) => holder.id === id));
  return {
    compared,
    missing: lists.isPending ? [] : missing,
    pending: lists.isLoading || details.isLoading,
    error: lists.error ?? details.error ?? facts.error,
  };
}
