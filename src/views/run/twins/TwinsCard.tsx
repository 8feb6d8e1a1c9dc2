import { useMemo, useState } from 'react';

import { useOpenFiles } from '../../../data/SessionContext.tsx';
import type { OpenFile } from '../../../data/session/state.ts';
import { useAnswer, useJoinedAnswers } from '../../../data/useAnswer.ts';
import { experimentDetail } from '../../../queries/experimentDetail.ts';
import { experimentList } from '../../../queries/experimentList.ts';
import { runList } from '../../../queries/runList.ts';
import { formatCount } from '../../../lib/format.ts';
import type { RunFacts } from '../../../domain/answers/experiments.ts';
import { simulationId, type ExperimentId, type SimulationId } from '../../../lib/ids.ts';
import { Card } from '../../../ui/Card.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Select } from '../../../ui/TextField.tsx';
import { isNamed } from '../../shared/namedFile.ts';
import { useAddress } from '../../shared/useAddress.ts';
import type { RunFamily } from '../useRunFamily.ts';
import styles from './TwinsCard.module.css';
import { TwinsFound } from './TwinsFound.tsx';
import { runFields } from '../fields.ts';
import { shortRunName } from '../../shared/words.ts';

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

/** A second run beside this one, of this or another open file: where they part, and what the one costs more. */
export function TwinsCard({ id, file, run, family, dayStarts }: TwinsCardProps) {
  const { search, patch } = useAddress(runFields);
  const files = useOpenFiles();
  const places = usePlaces(files);
  const own = places.find((place) => isPlace(place, file, run?.experimentId));
  const twin = search.twin;
  const twinFile = search.twinin === undefined ? file : files.find((open) => isNamed(open, search.twinin));
  const [chosen, setChosen] = useState<string>();
  const place =
    places.find(({ key }) => key === chosen) ??
    (twinFile === file ? own : placeOf(places, twinFile, twin)) ??
    own;
  const isOwnPlace = place === undefined || place === own;
  const candidates = useCandidates(file, run, family, isOwnPlace ? undefined : place);
  const choices = twinChoices(
    candidates,
    place?.file === undefined || place.file === file ? id : undefined,
    run?.seed,
  );
  const offered = choices.slice(0, mostChoices);
  const isThere = (place?.file ?? file) === twinFile;
  const isListed = isThere && offered.some((choice) => choice.simulationId === twin);
  return (
    <Card title="Compare runs" padded className={twin === undefined ? undefined : styles.whole}>
      <div className={styles.chooser}>
        {places.length > 1 && (
          <Select
            label="Runs of"
            value={place?.key ?? ''}
            options={places.map((one) => ({
              value: one.key,
              label: one === own ? `${placeLabel(one, file)} (this one)` : placeLabel(one, file),
            }))}
            onChange={setChosen}
          />
        )}
        <Select
          label="Second run"
          value={twin !== undefined && isThere ? twin : ''}
          options={[
            { value: '', label: choices.length === 0 ? 'no other run' : 'none' },
            ...(twin === undefined || isListed || !isThere ? [] : [{ value: twin, label: twin }]),
            ...offered.map((choice) => ({
              value: String(choice.simulationId),
              label: twinLabel(choice, run?.seed, isOwnPlace && run?.experimentId !== undefined),
            })),
          ]}
          onChange={(value) =>
            patch(
              value === ''
                ? { twin: undefined, twinin: undefined }
                : {
                    twin: value,
                    twinin: place === undefined || place.file === file ? undefined : place.file.name,
                  },
            )
          }
        />
        {choices.length > mostChoices && (
          <p>
            The nearest {formatCount(mostChoices)} of {formatCount(choices.length)} runs are listed.
          </p>
        )}
      </div>
      {twin === undefined ? (
        <p className={styles.words}>
          {choices.length === 0 && places.length < 2
            ? 'The open files store no other run to compare this one with.'
            : 'Choose a run to see the first tick and the first payment that differ, and the running cost gap.'}
        </p>
      ) : twinFile === undefined ? (
        <Notice tone="warning">The second run is in {search.twinin}, which is not open.</Notice>
      ) : (
        <TwinsFound
          key={`${twinFile.fileId} ${twin}`}
          first={{ fileId: file.fileId, simulationId: id }}
          firstFile={file}
          twin={simulationId(twin)}
          twinFile={twinFile}
          dayStarts={dayStarts}
        />
      )}
    </Card>
  );
}

/** Runs of one experiment of an open file, or those of it that belong to no experiment. */
interface TwinPlace {
  readonly key: string;
  readonly file: OpenFile;
  readonly experimentId: ExperimentId | undefined;
  readonly name: string;
}

const isPlace = (place: TwinPlace, file: OpenFile, experiment: ExperimentId | undefined): boolean =>
  place.file === file && place.experimentId === experiment;

/** Where the run of a link is listed: ids of runs begin with that of their experiment as a rule. */
function placeOf(
  places: readonly TwinPlace[],
  file: OpenFile | undefined,
  twin: string | undefined,
): TwinPlace | undefined {
  const inFile = places.filter((place) => place.file === file);
  return (
    inFile.find(({ experimentId }) => experimentId !== undefined && twin?.startsWith(experimentId)) ??
    inFile[0]
  );
}

function placeLabel({ file, name, experimentId }: TwinPlace, own: OpenFile): string {
  const tail =
    experimentId === undefined || experimentId === name ? '' : ` ${experimentId.split('-').at(-1) ?? ''}`;
  return `${file === own ? '' : `${file.name}: `}${name}${tail}`;
}

/** Every experiment of the open files, and the runs of each file outside of all. */
function usePlaces(files: readonly OpenFile[]): readonly TwinPlace[] {
  const lists = useJoinedAnswers(files.map(({ fileId }) => experimentList.about({ fileId })));
  const loose = useJoinedAnswers(files.map(({ fileId }) => runList.about({ fileId, withOrphans: false })));
  return useMemo(
    () =>
      files.flatMap((file, i): readonly TwinPlace[] => [
        ...(lists.data[i] ?? []).map(({ experimentId, name }) => ({
          key: `${file.fileId} ${experimentId}`,
          file,
          experimentId,
          name,
        })),
        ...((loose.data[i]?.length ?? 0) > 0
          ? [{ key: file.fileId, file, experimentId: undefined, name: 'runs outside experiments' }]
          : []),
      ]),
    [files, lists.data, loose.data],
  );
}

const noRuns: readonly TwinCandidate[] = [];

/** The runs of a place; of the run's own one those of its experiment, or the other runs outside experiments. */
function useCandidates(
  file: OpenFile,
  run: RunFacts | undefined,
  family: RunFamily,
  elsewhere: TwinPlace | undefined,
): readonly TwinCandidate[] {
  const { fileId } = elsewhere?.file ?? file;
  const experiment = elsewhere === undefined ? run?.experimentId : elsewhere.experimentId;
  const loose = useAnswer({
    ...runList.about({ fileId, withOrphans: false }),
    enabled: experiment === undefined,
  });
  const details = useJoinedAnswers(
    elsewhere === undefined || experiment === undefined
      ? []
      : [experimentDetail.about({ fileId, experimentId: experiment })],
  );
  if (experiment === undefined) return loose.data ?? noRuns;
  return elsewhere === undefined ? family.runs : (details.data[0]?.runs ?? noRuns);
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
  /** The run itself, where it is among them. */
  id: SimulationId | undefined,
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
