import { lazy, Suspense, type ComponentType, type ReactNode } from 'react';

import { useBusyWhileShown } from '../data/useBusyWhileShown.ts';
import { ProgressBar } from '../ui/ProgressBar.tsx';
import { useParam } from '../views/shared/useParam.ts';

const loadExperimentView = () => import('../views/experiment/ExperimentView.tsx');
const ExperimentView = lazy(async () => {
  const module = await loadExperimentView();
  return { default: module.ExperimentView };
});
const IterationView = lazy(async () => {
  const module = await import('../views/iteration/IterationView.tsx');
  return { default: module.IterationView };
});
const DeskView = lazy(async () => {
  const module = await import('../views/desk/DeskView.tsx');
  return { default: module.DeskView };
});
const ExperimentDeskView = lazy(async () => {
  const module = await import('../views/desk/DeskView.tsx');
  return { default: module.ExperimentDeskView };
});
const PoliciesView = lazy(async () => {
  const module = await import('../views/policies/PoliciesView.tsx');
  return { default: module.PoliciesView };
});
const RunView = lazy(async () => {
  const module = await import('../views/run/RunView.tsx');
  return { default: module.RunView };
});

/** Fetches the screen that a list leads to, while nothing else is to do. A failure is said when it is opened. */
export function preloadExperimentView(): void {
  loadExperimentView().catch(() => undefined);
}

/** Screens that are not needed to list experiments come on demand. */
function onDemand(View: ComponentType): () => ReactNode {
  return function OnDemand() {
    return (
      <Suspense fallback={<Loading />}>
        <View />
      </Suspense>
    );
  };
}

function Loading() {
  useBusyWhileShown();
  return <ProgressBar doing="Loading this screen" />;
}

export const LazyExperiment = onDemand(() => <ExperimentView id={useParam('experimentId')} />);
export const LazyIteration = onDemand(() => (
  <IterationView id={useParam('experimentId')} iteration={useParam('iteration')} />
));
export const LazyDesk = onDemand(() => <DeskView />);
export const LazyExperimentDesk = onDemand(() => <ExperimentDeskView id={useParam('experimentId')} />);
export const LazyPolicies = onDemand(() => <PoliciesView id={useParam('experimentId')} />);
export const LazyRun = onDemand(() => <RunView id={useParam('simulationId')} />);
