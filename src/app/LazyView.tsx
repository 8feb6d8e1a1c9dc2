import { lazy, Suspense } from 'react';

import { useBusyWhileShown } from '../data/useBusyWhileShown.ts';
import { ProgressBar } from '../ui/ProgressBar.tsx';

const ExperimentView = lazy(async () => {
  const module = await import('../views/experiment/ExperimentView.tsx');
  return { default: module.ExperimentView };
});
const IterationView = lazy(async () => {
  const module = await import('../views/iteration/IterationView.tsx');
  return { default: module.IterationView };
});
const RunView = lazy(async () => {
  const module = await import('../views/run/RunView.tsx');
  return { default: module.RunView };
});

type LazyViewProps =
  | { readonly name: 'experiment'; readonly id: string }
  | { readonly name: 'iteration'; readonly id: string; readonly iteration: string }
  | { readonly name: 'run'; readonly id: string };

/** Screens that are not needed to list experiments come on demand. */
export function LazyView(props: LazyViewProps) {
  return <Suspense fallback={<Loading />}>{viewOf(props)}</Suspense>;
}

function viewOf(props: LazyViewProps) {
  switch (props.name) {
    case 'experiment':
      return <ExperimentView id={props.id} />;
    case 'iteration':
      return <IterationView id={props.id} iteration={props.iteration} />;
    case 'run':
      return <RunView id={props.id} />;
  }
}

function Loading() {
  useBusyWhileShown();
  return <ProgressBar doing="Loading this screen" />;
}
