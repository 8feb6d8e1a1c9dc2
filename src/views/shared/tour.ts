import { useSyncExternalStore } from 'react';

import { loadPreference, savePreference } from '../../storage/preferences.ts';

const stepNames = ['1', '2', '3', '4', '5'] as const;

/** So many steps has the tour: experiment, proposal, verdict, desk, run. */
export const TOUR_STEPS = stepNames.length;

/** The step that is shown, from 0; undefined while nobody takes the tour. */
let shown: number | undefined;
const listeners = new Set<() => void>();

function show(step: number | undefined): void {
  shown = step;
  for (const listener of listeners) listener();
}

/** The step at which the reader left, from 0; 0 for one who has not begun or has seen all. */
function remembered(): number {
  return Number(loadPreference('tour', stepNames) ?? 1) - 1;
}

/** Takes the tour up where it was left. */
export function startTour(): void {
  goToTourStep(remembered());
}

export function goToTourStep(step: number): void {
  savePreference('tour', String(step + 1));
  show(step);
}

/** `whole`: the reader has seen all, and begins at the start the next time. */
export function leaveTour(whole: boolean): void {
  if (whole) savePreference('tour', 'seen');
  show(undefined);
}

/** What a button says that starts it. */
export function tourLabel(): string {
  const step = remembered();
  return step === 0 ? 'Take the tour' : `Continue the tour at step ${step + 1} of ${TOUR_STEPS}`;
}

export function useTourStep(): number | undefined {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shown,
  );
}
