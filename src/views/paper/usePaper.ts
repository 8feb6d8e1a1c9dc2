import { useMemo } from 'react';

import { drawnParameters } from '../../charts/shape/figurePanels.ts';
import { useSessionState } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { experimentDetail, experimentFacts } from '../../queries/experimentDetail.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { inLinkOrder } from '../shared/namedFile.ts';
import { mostExperiments } from './fields.ts';
import { figuresOf } from './paperFigures.ts';
import {
  bootstrapTable,
  iterationsTable,
  passesTable,
  passGroups,
  resultsTable,
  terminationTable,
  type PaperExperiment,
} from './paperTables.ts';

/** One experiment that the paper can hold. */
export interface Choice {
  readonly id: string;
  readonly name: string;
  readonly fileName: string;
  readonly isChosen: boolean;
}

interface Held {
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
}

/** Everything of the paper over the experiments chosen: all where none is named, each from the first file that holds it. */
export function usePaper(ids: readonly string[] | undefined, db: readonly string[] | undefined) {
  const { files: open } = useSessionState();
  const files = useMemo(() => inLinkOrder(open, db), [open, db]);
  const lists = useJoinedAnswers(files.map(({ fileId }) => experimentList.about({ fileId })));
  const held = useMemo(() => {
    const seen = new Set<string>();
    return files.flatMap((file, index) =>
      (lists.data[index] ?? []).flatMap((summary): readonly Held[] => {
        if (seen.has(summary.experimentId)) return [];
        seen.add(summary.experimentId);
        return [{ file, summary }];
      }),
    );
  }, [files, lists.data]);
  const chosen = useMemo(() => {
    const wanted = ids === undefined ? undefined : new Set<string>(ids);
    return held
      .filter(({ summary }) => wanted?.has(summary.experimentId) ?? summary.iterationCount > 0)
      .slice(0, mostExperiments);
  }, [held, ids]);
  const scopes = chosen.map(({ file, summary }) => ({
    fileId: file.fileId,
    experimentId: summary.experimentId,
  }));
  const details = useJoinedAnswers(scopes.map((scope) => experimentDetail.about(scope)));
  const facts = useJoinedAnswers(scopes.map((scope) => experimentFacts.about(scope)));
  const experiments = useMemo(
    () =>
      chosen.flatMap(({ file, summary }, index): readonly PaperExperiment[] => {
        const detail = details.data[index];
        if (detail == null) return [];
        const configText = facts.data[index]?.configText;
        return [{ file, summary, detail, configText }];
      }),
    [chosen, details.data, facts.data],
  );
  const content = useMemo(() => contentOf(experiments), [experiments]);
  const choices = useMemo(
    () =>
      held.map(({ file, summary }): Choice => ({
        id: summary.experimentId,
        name: summary.name,
        fileName: file.name,
        isChosen: chosen.some((one) => one.summary === summary),
      })),
    [held, chosen],
  );
  const missing =
    lists.isPending || ids === undefined
      ? []
      : ids.filter((id) => !held.some(({ summary }) => summary.experimentId === id));
  return {
    ...content,
    experiments,
    choices,
    missing,
    pending: lists.isLoading || details.isLoading || facts.isLoading,
    error: lists.error ?? details.error ?? facts.error,
  };
}

/** Tables over all experiments first, then those and the figures of each, named by their place. */
export function contentOf(experiments: readonly PaperExperiment[]) {
  const groups = passGroups(experiments);
  const parameterOf = ({ detail }: PaperExperiment): string | undefined => drawnParameters(detail)[0];
  const tables =
    experiments.length === 0
      ? []
      : [
          terminationTable(groups),
          resultsTable(experiments),
          ...groups.flatMap((group, index) =>
            group.passes[0] === undefined
              ? []
              : [passesTable(group, String(index + 1), parameterOf(group.passes[0]))],
          ),
          ...experiments.flatMap((one, index) => {
            const id = String(index + 1);
            return [iterationsTable(one, id, parameterOf(one)), bootstrapTable(one, id) ?? []].flat();
          }),
        ];
  const figures = experiments.flatMap((one, index) => figuresOf(one, String(index + 1), parameterOf(one)));
  return { tables, figures };
}
