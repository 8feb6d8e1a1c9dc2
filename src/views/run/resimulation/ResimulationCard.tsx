import type { OpenFile } from '../../../data/session/state.ts';
import type { ExperimentId, SimulationId } from '../../../lib/ids.ts';
import { Button } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import styles from './ResimulationCard.module.css';
import { RunningCheck } from './RunningCheck.tsx';
import { CheckFindings } from './CheckFindings.tsx';
import { useRunChecks } from './useRunChecks.ts';

interface ResimulationCardProps {
  readonly file: OpenFile;
  readonly simulationId: SimulationId;
  /** The experiment of the run; undefined for a run alone. */
  readonly experimentId: ExperimentId | undefined;
}

/** Simulates this run, or all runs beside it, again from what is stored, and says what came of it. */
export function ResimulationCard({ file, simulationId, experimentId }: ResimulationCardProps) {
  const { checks, start, cancel } = useRunChecks();
  const { fileId } = file;
  const isRunning = checks.running !== undefined;
  return (
    <Card title="Simulate again" padded>
      <div className={styles.card}>
        <p>
          A run of Iterscope’s lab stores its scenario, policies and seed. Simulated again from these, it must
          give the same events in the same order, and the stored books must follow from the events. All of it
          happens in this browser.
        </p>
        <div className={styles.actions}>
          <Button
            variant="primary"
            disabled={isRunning}
            onClick={() => void start({ kind: 'run', fileId, simulationId })}
          >
            Simulate this run again
          </Button>
          {experimentId !== undefined && (
            <Button disabled={isRunning} onClick={() => void start({ kind: 'all', fileId, experimentId })}>
              All runs of this experiment
            </Button>
          )}
          <Button disabled={isRunning} onClick={() => void start({ kind: 'all', fileId })}>
            All runs of this file
          </Button>
        </div>
        {checks.running !== undefined && <RunningCheck running={checks.running} onCancel={cancel} />}
        <CheckFindings checks={checks} file={file} />
      </div>
    </Card>
  );
}
