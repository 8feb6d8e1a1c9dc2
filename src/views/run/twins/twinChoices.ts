import type { SimulationId } from '../../../lib/ids.ts';
import { shortRunName } from '../../shared/shortRunName.ts';

/** What the chooser needs of a run, of an experiment or outside of all. */
export interface TwinCandidate {
  readonly simulationId: SimulationId;
  readonly iteration?: number | undefined;
  readonly seed: string | undefined;
}

/** The other runs, those with this run's seed first, each group by nearness in the list. */
export function twinChoices<Run extends TwinCandidate>(
  runs: readonly Run[],
  id: SimulationId,
  seed: string | undefined,
): readonly Run[] {
  const at = runs.findIndex((run) => run.simulationId === id);
  const others = runs
    .map((run, place) => ({
      run,
      away: Math.abs(place - at),
      strange: seed === undefined || run.seed !== seed ? 1 : 0,
    }))
    .filter(({ run }) => run.simulationId !== id);
  return others.sort((a, b) => a.strange - b.strange || a.away - b.away).map(({ run }) => run);
}

/** `iteration 4, eval 005, same seed`; runs of no common experiment may have one seed by chance, in other scenarios. */
export function twinLabel(run: TwinCandidate, seed: string | undefined, ofOneExperiment: boolean): string {
  const name = shortRunName(run);
  const where = run.iteration === undefined ? name : `iteration ${run.iteration}, ${name}`;
  if (run.seed === undefined || seed === undefined) return `${where}, seed not known`;
  return ofOneExperiment && run.seed === seed ? `${where}, same seed` : `${where}, seed ${run.seed}`;
}
