import { formatCount } from '../../../lib/format.ts';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import type { Running } from './useRunChecks.ts';

/** How far the check has come, in words and as a bar. */
export function RunningCheck({ running, onCancel }: { running: Running; onCancel: () => void }) {
  return <ProgressBar doing={wordsOf(running)} fraction={fractionOf(running)} onCancel={onCancel} />;
}

function wordsOf({ runsDone, runCount, progress }: Running): string {
  if (runCount === undefined) return 'Looking for the runs';
  const events =
    progress === undefined
      ? 'reading what it started from'
      : `${formatCount(progress.comparedEvents)} of ${formatCount(progress.allEvents)} events compared`;
  return runCount === 1 ? `Simulating again: ${events}` : `Run ${runsDone + 1} of ${runCount}: ${events}`;
}

function fractionOf({ runsDone, runCount, progress }: Running): number | undefined {
  if (runCount === undefined) return undefined;
  const ofThis = progress === undefined ? 0 : progress.comparedEvents / progress.allEvents;
  return (runsDone + ofThis) / runCount;
}
