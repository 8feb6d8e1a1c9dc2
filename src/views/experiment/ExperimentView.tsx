import { useDeferredValue, useMemo } from 'react';

import { useAnswer } from '../../data/useAnswer.ts';
import { useBusyWhileShown } from '../../data/useBusyWhileShown.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { experimentDossier } from '../../queries/experimentDossier.ts';
import { experimentFacts } from '../../queries/experimentFacts.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { ContradictionNotice } from '../shared/ContradictionNotice.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { LastDayNotice } from '../shared/LastDay.tsx';
import { Located } from '../shared/Located.tsx';
import { NotCheckedNotice } from '../shared/NotCheckedNotice.tsx';
import { PageBody } from '../shared/PageBody.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { useContradictions } from '../shared/useContradictions.ts';
import { useDayCosts } from '../shared/useDayCosts.ts';
import { UnreadableNotice } from '../shared/UnreadableNotice.tsx';
import { useTitle } from '../shared/useTitle.ts';
import { ExperimentHead } from './ExperimentHead.tsx';
import styles from './ExperimentView.module.css';
import { FactsCards } from './FactsCards.tsx';
import { FigureCard } from './FigureCard.tsx';
import { Inspector } from './Inspector.tsx';
import { IterationsGrid } from './IterationsGrid.tsx';
import { ResultFigures } from './ResultFigures.tsx';
import { useFigureSettings } from './useFigureSettings.ts';
import { experimentFields } from './fields.ts';

/** One experiment: what it cost from iteration to iteration, every proposal, and what became of it. */
export function ExperimentView({ experimentId }: { experimentId: string }) {
  return (
    <Located id={experimentId}>
      {({ file, summary }) => <Experiment key={file.fileId} file={file} summary={summary} />}
    </Located>
  );
}

function Experiment({ file, summary }: { file: OpenFile; summary: ExperimentSummary }) {
  useTitle(`${summary.name} ${summary.experimentId}`);
  const scope = useMemo(
    () => ({ fileId: file.fileId, experimentId: summary.experimentId }),
    [file.fileId, summary.experimentId],
  );
  const dossier = useAnswer(experimentDossier.about(scope));
  const facts = useAnswer(experimentFacts.about(scope));
  // Drawn part by part, so that ten thousand iterations do not hold up the page.
  const shown = useDeferredValue(dossier.data);
  const settings = useFigureSettings(shown ?? undefined);
  const contradictions = useContradictions(file, summary.experimentId);
  const days = useDayCosts(file)?.experiments.get(summary.experimentId);
  const { search } = useAddress(experimentFields);
  return (
    <>
      <ExperimentHead
        file={file}
        summary={summary}
        facts={facts.data ?? undefined}
        iterations={shown?.iterations}
      />
      {dossier.error !== null && <ErrorNotice error={dossier.error} doing="reading the iterations" />}
      {facts.error !== null && <ErrorNotice error={facts.error} doing="reading the configuration" />}
      {shown !== dossier.data && <Drawing />}
      {shown == null ? (
        dossier.isPending && <ProgressBar doing="Reading iterations and proposals" />
      ) : (
        <PageBody>
          <ContradictionNotice
            found={contradictions}
            hrefOf={({ subject: { iteration, agentId } }) =>
              iteration === undefined
                ? undefined
                : hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
                    experimentId: summary.experimentId,
                    iteration,
                    agent: agentId,
                  })
            }
          />
          <UnreadableNotice file={file} experimentId={summary.experimentId} />
          <NotCheckedNotice file={file} />
          <LastDayNotice days={days} />
          <ResultFigures summary={summary} dossier={shown} days={days} />
          <div className={styles.main}>
            <FigureCard
              summary={summary}
              dossier={shown}
              settings={settings}
              facts={facts.data ?? undefined}
            />
            <Inspector scope={scope} dossier={shown} settings={settings} file={file} days={days} />
          </div>
          <IterationsGrid
            scope={scope}
            dossier={shown}
            settings={settings}
            file={file}
            days={days}
            contradictions={contradictions}
          />
          {facts.data != null && (
            <FactsCards file={file} summary={summary} facts={facts.data} dossier={shown} days={days} />
          )}
        </PageBody>
      )}
    </>
  );
}

function Drawing() {
  useBusyWhileShown();
  return <ProgressBar doing="Drawing iterations and proposals" />;
}
