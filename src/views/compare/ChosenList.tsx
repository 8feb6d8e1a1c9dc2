import { useState } from 'react';

import {
  formatGroup,
  differenceWords,
  recognisePasses,
  sharedSeedWords,
  whatDiffers,
} from '../../domain/compare/groups.ts';
import { plural } from '../../lib/format.ts';
import { Button } from '../../ui/Button.tsx';
import { versionIn } from '../shared/experimentWords.ts';
import { GroupDialog } from '../shared/GroupDialog.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Compare.module.css';
import { passFacts, type ChosenExperiments, type Entry } from './entries.ts';
import { compareFields } from './fields.ts';
import type { Compared } from './useCompared.ts';

interface ChosenListProps {
  readonly chosen: ChosenExperiments;
  readonly entries: readonly Entry[];
}

/** The experiments and groups with their lines; one is the baseline, each can be taken away, passes can be grouped. */
export function ChosenList({ chosen, entries }: ChosenListProps) {
  const { patch } = useAddress(compareFields);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [isAsking, setAsking] = useState(false);
  const singles = entries.filter(({ isGroup }) => !isGroup);
  const picked = singles.filter(({ key }) => ticked.includes(key));
  const change = (groups: ChosenExperiments['groups'], x: readonly string[]) =>
    patch({
      g: groups.length === 0 ? undefined : groups.map(formatGroup),
      x: x.length === 0 ? undefined : [...x],
    });
  const isTaken = (asked: string) => chosen.groups.some((group) => group.name === asked);
  const group = (asked: string, ids: readonly string[]) => {
    if (asked === '' || isTaken(asked)) return;
    change(
      [...chosen.groups, { name: asked, ids }],
      chosen.singles.filter((id) => !ids.includes(id)),
    );
    setTicked([]);
    setAsking(false);
  };
  const ungroup = (key: string) => {
    const apart = chosen.groups.find((one) => one.name === key);
    change(
      chosen.groups.filter((one) => one !== apart),
      [...chosen.singles, ...(apart?.ids ?? [])],
    );
  };
  const takeAway = ({ key, isBaseline }: Entry) => {
    change(
      chosen.groups.filter((one) => one.name !== key),
      chosen.singles.filter((id) => id !== key),
    );
    if (isBaseline) patch({ base: undefined });
  };
  return (
    <>
      <ul className={styles.chosen} aria-label="Compared experiments">
        {entries.map((entry) => (
          <li key={entry.key}>
            {!entry.isGroup && singles.length > 1 && (
              <label>
                <input
                  type="checkbox"
                  aria-label={`Choose ${entry.label} for a group`}
                  checked={ticked.includes(entry.key)}
                  onChange={(event) =>
                    setTicked(
                      event.target.checked
                        ? [...ticked, entry.key]
                        : ticked.filter((key) => key !== entry.key),
                    )
                  }
                />
              </label>
            )}
            <svg width="24" height="8" aria-hidden>
              <path
                d="M1 4h22"
                stroke={entry.style.color}
                strokeWidth="2.5"
                strokeDasharray={entry.style.dash}
              />
            </svg>
            <Who
              entry={entry}
              isCompared={(id) => chosen.ids.includes(id)}
              onAdd={(id) => change(chosen.groups, [...chosen.singles, id])}
            />
            {entry.isGroup && (
              <Button size="small" aria-label={`Ungroup ${entry.label}`} onClick={() => ungroup(entry.key)}>
                Ungroup
              </Button>
            )}
            {entry.isBaseline ? (
              <span className={styles.baseline}>baseline</span>
            ) : (
              <Button size="small" onClick={() => patch({ base: entry.key })}>
                Set as baseline
              </Button>
            )}
            <Button
              size="small"
              variant="ghost"
              aria-label={`Take away ${entry.label}`}
              onClick={() => takeAway(entry)}
            >
              ×
            </Button>
          </li>
        ))}
      </ul>
      <Recognised singles={singles} isTaken={isTaken} onGroup={group} />
      {picked.length > 1 && (
        <p className={styles.offer}>
          <Button size="small" onClick={() => setAsking(true)}>
            Group {picked.length} chosen
          </Button>
        </p>
      )}
      {isAsking && (
        <GroupDialog
          count={picked.length}
          isTaken={isTaken}
          onGroup={(name) =>
            group(
              name,
              picked.map(({ key }) => key),
            )
          }
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

interface RecognisedProps {
  readonly singles: readonly Entry[];
  readonly isTaken: (name: string) => boolean;
  readonly onGroup: (name: string, ids: readonly string[]) => void;
}

/** Offers to make one line of experiments that are passes of one. */
function Recognised({ singles, isTaken, onGroup }: RecognisedProps) {
  const found = recognisePasses(
    singles.flatMap(({ members }) => members),
    ({ summary }) => summary,
  );
  return found.map((passes) => {
    const [first] = passes;
    if (first === undefined) return null;
    const { name } = first.summary;
    const free = isTaken(name) ? `${name} (2)` : name;
    return (
      <p key={first.id} className={styles.offer}>
        {plural(passes.length, 'pass', 'passes')} of {name}:{' '}
        {differenceWords(whatDiffers(passes.map(passFacts)))}.{' '}
        <Button
          size="small"
          onClick={() =>
            onGroup(
              free,
              passes.map(({ id }) => id),
            )
          }
        >
          Group them
        </Button>
      </p>
    );
  });
}

interface WhoProps {
  readonly entry: Entry;
  readonly isCompared: (id: string) => boolean;
  /** Takes the version of an experiment in another file into the comparison. */
  readonly onAdd: (id: string) => void;
}

function Who({ entry, isCompared, onAdd }: WhoProps) {
  const { label, members, isGroup, key, differs } = entry;
  const files = [...new Set(members.map(({ file }) => file.name))];
  const [one] = members;
  const seeds = isGroup ? sharedSeedWords(members.map(({ summary }) => summary.masterSeed)) : undefined;
  const lines = isGroup
    ? [
        differs ?? '',
        ...(seeds === undefined ? [] : [`Take care: ${seeds}`]),
        [...modelsOf(members), ...files].join(' · '),
      ]
    : [
        [
          one?.summary.masterSeed === undefined ? '' : `seed ${one.summary.masterSeed}`,
          ...modelsOf(members),
          one?.summary.evaluationMode ?? '',
          `${one?.outcome.iterations ?? 0} iterations`,
          ...files,
        ]
          .filter((part) => part !== '')
          .join(' · '),
      ];
  return (
    <div className={styles.who}>
      <b title={key}>
        {label}
        {isGroup && `, ${plural(members.length, 'pass', 'passes')}`}
      </b>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
      <AlsoIn members={members} isCompared={isCompared} onAdd={onAdd} />
    </div>
  );
}

const modelsOf = (members: readonly Compared[]): readonly string[] => [
  ...new Set(members.flatMap(({ facts }) => facts?.models ?? [])),
];

function AlsoIn({
  members,
  isCompared,
  onAdd,
}: Omit<WhoProps, 'entry'> & { readonly members: readonly Compared[] }) {
  const places = members.flatMap((one) => one.alsoIn.map(({ file, same }) => ({ one, file, same })));
  // Of a group of many passes one sentence for each file is enough, where they are the same.
  const same = members.length > 1 ? places.filter((place) => place.same === true) : [];
  const byFile = new Map<string, number>();
  for (const { file } of same) byFile.set(file.name, (byFile.get(file.name) ?? 0) + 1);
  return (
    <>
      {[...byFile].map(([file, count]) => (
        <span key={file}>
          {count} also in {file}, counted once: the same iterations, costs and parameters
        </span>
      ))}
      {places
        .filter((place) => !same.includes(place))
        .map(({ one, file, same: isSame }) => (
          <span key={`${one.id} ${file.fileId}`}>
            {members.length > 1 && `${one.label} `}also in {file.name}
            {isSame !== false && ', counted once'}
            {isSame === true && ': the same iterations, costs and parameters'}
            {isSame === false &&
              `: its iterations, costs or parameters differ; these are of ${one.file.name}`}
            {isSame === false && !isCompared(versionIn(one.summary.experimentId, file)) && (
              <>
                {' '}
                <Button
                  size="small"
                  aria-label={`Compare with ${one.label} in ${file.name}`}
                  onClick={() => onAdd(versionIn(one.summary.experimentId, file))}
                >
                  Compare with it
                </Button>
              </>
            )}
          </span>
        ))}
    </>
  );
}
