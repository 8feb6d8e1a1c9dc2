import type { LinkedRun } from '../../domain/experiment/normalised.ts';
import { paths } from '../../url/addresses.ts';
import { linkMeanings } from '../shared/words.ts';
import { Missing } from '../shared/Missing.tsx';
import { shortRunName } from '../shared/shortRunName.ts';
import styles from './RunLinks.module.css';

/** The runs of one iteration; resting on one says how it was linked. */
export function RunLinks({ runs, search }: { runs: readonly LinkedRun[]; search: string }) {
  if (runs.length === 0) return <Missing why="no run is recorded" />;
  const [first, ...more] = runs;
  return (
    <span className={styles.runs}>
      {first !== undefined && (
        <a
          href={`#${paths.run(first.simulationId)}${search.slice(1)}`}
          title={`${first.simulationId}: ${linkMeanings[first.linkedBy]}`}
        >
          {shortRunName(first)}
        </a>
      )}
      {more.length > 0 && <span> +{more.length}</span>}
    </span>
  );
}
