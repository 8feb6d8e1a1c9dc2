import type { ReactNode } from 'react';

import { useSessionState } from '../../data/SessionContext.tsx';
import type { OpenFile } from '../../data/session/state.ts';
import { useJoinedAnswers, useAnswer } from '../../data/useAnswer.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { experimentId, type FileId } from '../../lib/ids.ts';
import { experimentList } from '../../queries/experimentList.ts';
import { experimentHolders } from '../../queries/findable.ts';
import type { Question } from '../../queries/query.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Alert, Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { placeFields } from '../../url/fields.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { PageBody } from './Page.tsx';
import { OneOrigin } from './ExportContexts.tsx';
import { inLinkOrder, isNamed } from './namedFile.ts';
import { useAddress } from './useAddress.ts';

interface LocatedProps {
  readonly id: string;
  readonly children: (found: { file: OpenFile; summary: ExperimentSummary }) => ReactNode;
}

/** Finds the experiment an address names among the open files, or says that it is not there. */
export function Located({ id, children }: LocatedProps) {
  const located = useLocatedExperiment(id);
  const { search, here } = useAddress(placeFields);
  switch (located.phase) {
    case 'looking':
      return (
        <PageBody>
          <ProgressBar doing="Looking for the experiment" />
        </PageBody>
      );
    case 'failed':
      return <ErrorNotice error={located.error} doing="listing the experiments" />;
    case 'missing':
      return (
        <Alert
          code="not-found"
          inPlaceOfScreen
          title={`No open file holds the experiment ${id}`}
          why={`Looked in ${located.searched.join(', ')}.`}
          wayOut="Open the file it is in, or choose another experiment."
          actions={<LinkButton href={hrefTo('/experiments', search)}>All experiments</LinkButton>}
        />
      );
    case 'found':
      return (
        <>
          {located.alsoIn.length > 0 && (
            <Notice>
              Shown from {located.file.name}. The same id is also in{' '}
              {located.alsoIn.map((other, i) => (
                <span key={other.fileId}>
                  {i > 0 && ', '}
                  <a href={here({ in: other.name })}>{other.name}</a>
                </span>
              ))}
              .
            </Notice>
          )}
          <OneOrigin file={located.file} id={id}>
            {children(located)}
          </OneOrigin>
        </>
      );
  }
}

type LocatedExperiment =
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
function useLocatedExperiment(id: string): LocatedExperiment {
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

/** Which of some files hold what a question is about; undefined until that is known. One file alone is not asked. */
export function useHolders(
  files: readonly OpenFile[],
  questionAbout: (fileIds: readonly FileId[]) => Question<readonly FileId[]>,
): { readonly holders: readonly OpenFile[] | undefined; readonly error: Error | null } {
  const isAlone = files.length < 2;
  const question = questionAbout(files.map(({ fileId }) => fileId));
  const { data, error } = useAnswer({ ...question, enabled: !isAlone });
  return { holders: isAlone ? files : data && files.filter(({ fileId }) => data.includes(fileId)), error };
}
