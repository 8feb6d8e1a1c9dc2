import type { ReactNode } from 'react';

import type { OpenFile } from '../../data/session/state.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { Alert, Notice } from '../../ui/Notice.tsx';
import { LinkButton } from '../../ui/Button.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { ErrorNotice } from './ErrorNotice.tsx';
import { OneOrigin } from './OriginOf.tsx';
import { useAddress } from './useAddress.ts';
import { useLocatedExperiment } from './useLocatedExperiment.ts';
import { placeFields } from '../../url/fields.ts';

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
      return <ProgressBar doing="Looking for the experiment" />;
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
