import type { OpenFile } from '../../../data/session/state.ts';
import { useAnswer } from '../../../data/useAnswer.ts';
import { runList } from '../../../queries/runList.ts';
import { formatCount } from '../../../lib/format.ts';
import type { RunFacts } from '../../../domain/answers/experiments.ts';
import { simulationId, type SimulationId } from '../../../lib/ids.ts';
import { Card } from '../../../ui/Card.tsx';
import { Select } from '../../../ui/Select.tsx';
import { useAddress } from '../../shared/useAddress.ts';
import type { RunFamily } from '../useRunFamily.ts';
import styles from './TwinsCard.module.css';
import { TwinsFound } from './TwinsFound.tsx';
import { runFields } from '../fields.ts';
import { shortRunName } from '../../shared/shortRunName.ts';

interface TwinsCardProps {
  readonly id: SimulationId;
  readonly file: OpenFile;
  readonly run: RunFacts | undefined;
  readonly family: RunFamily;
  /** First ticks of days but the first. */
  readonly dayStarts: readonly number[];
}

/** The native list grows slow beyond this; a link can name any run. */
const mostChoices = 500;

/** A second run beside this one: where they part, and what the one costs more. */
export function TwinsCard({ id, file, run, family, dayStarts }: TwinsCardProps) {
  const { search, patch } = useAddress(runFields);
  const candidates = useCandidates(file, run, family);
  const choices = twinChoices(candidates, id, run?.seed);
  const offered = choices.slice(0, mostChoices);
  const twin = search.twin;
  const isListed = offered.some((choice) => choice.simulationId === twin);
  return (
    <Card title="Compare runs" padded className={twin === undefined ? undefined : styles.whole}>
      <div className={styles.chooser}>
        <Select
          label="Second run"
          value={twin ?? ''}
          options={[
            { value: '', label: choices.length === 0 ? 'no other run' : 'none' },
            ...(twin === undefined || isListed ? [] : [{ value: twin, label: twin }]),
            ...offered.map((choice) => ({
              value: String(choice.simulationId),
              label: twinLabel(choice, run?.seed, run?.experimentId !== undefined),
            })),
          ]}
          onChange={(value) => patch({ twin: value === '' ? undefined : value })}
        />
        {choices.length > mostChoices && (
          <p>
            The nearest {formatCount(mostChoices)} of {formatCount(choices.length)} runs are listed.
          </p>
        )}
      </div>
      {twin === undefined ? (
        <p className={styles.words}>
          {choices.length === 0
            ? 'The file stores no other run to compare this one with.'
            : 'Choose a run to see the first tick and the first payment that differ, and the running cost gap.'}
        </p>
      ) : (
        <TwinsFound
          key={twin}
          first={{ fileId: file.fileId, simulationId: id }}
          twin={simulationId(twin)}
          fileName={file.name}
          dayStarts={dayStarts}
        />
      )}
    </Card>
  );
}

/** The runs of the experiment, or the other runs outside experiments. */
function useCandidates(
  file: OpenFile,
  run: RunFacts | undefined,
  family: RunFamily,
): readonly TwinCandidate[] {
  const isAlone = run?.experimentId === undefined;
  const others = useAnswer({
    ...runList.about({ fileId: file.fileId, withOrphans: false }),
    enabled: isAlone,
  });
  return isAlone ? (others.data ?? []) : family.runs;
}

/** What the chooser needs of a run, of an experiment or outside of all. */
interface TwinCandidate {
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
