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
import { twinChoices, twinLabel, type TwinCandidate } from './twinChoices.ts';
import styles from './TwinsCard.module.css';
import { TwinsFound } from './TwinsFound.tsx';
import { runFields } from '../fields.ts';

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
    <Card title="Against another run" padded>
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
