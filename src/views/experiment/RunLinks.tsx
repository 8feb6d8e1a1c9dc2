import type { LinkedRun } from '../../domain/experiment/normalised.ts';
import { linkMeanings, shortRunName } from '../shared/words.ts';
import { Missing } from '../shared/Values.tsx';
import styles from './RunLinks.module.css';

interface RunLinksProps {
  readonly runs: readonly LinkedRun[];
  readonly hrefOf: (simulationId: string) => string;
}

/** The runs of one iteration; resting on one says how it was linked. */
export function RunLinks({ runs, hrefOf }: RunLinksProps) {
  if (runs.length === 0) return <Missing why="no run is recorded" />;
  const [first, ...more] = runs;
  return (
    <span className={styles.runs}>
      {first !== undefined && (
        <a href={hrefOf(first.simulationId)} title={`${first.simulationId}: ${linkMeanings[first.linkedBy]}`}>
          {shortRunName(first)}
        </a>
      )}
      {more.length > 0 && <span> +{more.length}</span>}
    </span>
  );
}
