import { useBusyWhileShown } from '../data/useBusyWhileShown.ts';
import { ProgressBar } from '../ui/ProgressBar.tsx';

/** In the place of a screen until its script is there. */
export function ScreenLoading() {
  useBusyWhileShown();
  return <ProgressBar doing="Loading this screen" />;
}
