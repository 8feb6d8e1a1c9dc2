import { useMemo } from 'react';

import { LinePanels } from '../../charts/LinePanels.tsx';
import { Measured } from '../../charts/PanelStage.tsx';
import type { ReadoutBlock } from '../../charts/ReadoutCard.tsx';
import type { ReadoutFact } from '../../charts/shape/readout.ts';
import { plural } from '../../lib/format.ts';
import { Figure } from '../../ui/Figure.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import styles from './Compare.module.css';
import { comparisonPanel, type PanelChoice } from './comparePanels.ts';
import {
  signedWords,
  drawnEntries,
  lastOf,
  valueWords,
  type DrawnEntry,
  passWords,
  type Entry,
} from './entries.ts';

interface CompareFigureProps {
  readonly name: string;
  readonly entries: readonly Entry[];
  readonly choice: PanelChoice;
  readonly caption: string;
}

/** Cost or a parameter, one line an experiment, or one with a band a group. */
export function CompareFigure({ name, entries, choice, caption }: CompareFigureProps) {
  const drawn = useMemo(() => drawnEntries(entries, choice), [entries, choice]);
  const { panel, undrawn } = useMemo(() => comparisonPanel(drawn, choice), [drawn, choice]);
  const last = lastOf(drawn);
  const span = useMemo(() => [0, Math.max(0, last)] as const, [last]);
  const places = useMemo(() => Array.from({ length: last + 1 }, (_, place) => place), [last]);
  const axis = choice.alignment === 'iteration' ? 'Iteration' : 'Accepted proposals';
  const without =
    undrawn === 0
      ? ''
      : ` ${undrawn} rejected without a recorded number for this axis ${undrawn === 1 ? 'is' : 'are'} not drawn.`;
  const words = `${caption}${meanEnds(drawn, choice)}${without}`;
  return (
    <Figure
      name={name}
      caption={words}
      sheet={async () => {
        const { linesSheet } = await import('../../charts/export/linesSheet.ts');
        return linesSheet({
          panels: [panel],
          span,
          axis,
          names: drawn.map(({ entry }) => ({ name: entry.label, look: entry.style })),
          title: name,
          caption: words,
        });
      }}
      table={() => ({ columns: tableColumns(drawn, choice, axis), rows: places, rowKey: String })}
    >
      <Measured className={styles.drawing}>
        {(width) => (
          <LinePanels
            name={name}
            panels={[panel]}
            span={span}
            places={places}
            axis={axis}
            plotHeight={290}
            width={width}
            blockWord="line"
            readout={(place) => drawn.map((one) => blockOf(one, place, choice))}
          />
        )}
      </Measured>
    </Figure>
  );
}

/** Where the means end: their last value is not the mean of the final costs. */
function meanEnds(drawn: readonly DrawnEntry[], { alignment }: PanelChoice): string {
  const byIteration = alignment === 'iteration';
  return drawn
    .filter(({ entry }) => entry.isGroup)
    .flatMap(({ entry, points }) => {
      const [at] = [...points].findLast(([, point]) => point !== undefined) ?? [];
      return at === undefined
        ? []
        : [
            ` The mean of ${entry.label} ends at ${byIteration ? `iteration ${at}` : plural(at, 'accepted proposal')}.`,
          ];
    })
    .join('');
}

/** Passes that are read one by one; of more the range is enough. */
const mostRead = 5;

function blockOf(drawn: DrawnEntry, place: number, choice: PanelChoice): ReadoutBlock {
  const { entry, points, passes } = drawn;
  const { subject, relative } = choice;
  const point = points.get(place);
  const words = relative ? signedWords : valueWords;
  const facts: ReadoutFact[] = [];
  if (point === undefined) {
    const why = entry.isGroup ? 'not every pass has one' : 'none';
    facts.push({ label: relative ? 'to baseline' : valueName(choice), text: why });
  } else if (point.group === undefined) {
    facts.push({ label: relative ? 'to baseline' : valueName(choice), text: words(point.value, subject) });
  } else {
    const { low, high, interval, count } = point.group;
    const text = (value: number) => words(value, subject, true);
    facts.push({
      label: `${relative ? 'to baseline, ' : ''}mean of ${count}`,
      text: words(point.value, subject, true),
    });
    facts.push({ label: 'passes', text: `${text(low)} to ${text(high)}` });
    if (interval !== undefined)
      facts.push({ label: '95 % of the mean', text: `${text(interval[0])} to ${text(interval[1])}` });
    if (choice.showPasses && passes.length <= mostRead)
      for (const { of, values } of passes)
        facts.push({ label: passWords(of, entry.members), text: words(values.get(place), subject) });
  }
  return { name: entry.label, agentIndex: undefined, color: entry.style.color, facts };
}

const valueName = ({ subject, bestSoFar }: PanelChoice): string =>
  subject.parameter ?? (bestSoFar ? 'best so far' : 'cost');

function tableColumns(
  drawn: readonly DrawnEntry[],
  { subject, relative }: PanelChoice,
  axis: string,
): readonly GridColumn<number>[] {
  const words = relative ? signedWords : valueWords;
  return [
    { id: 'place', header: axis, value: (place) => place, align: 'end', width: axis.length * 8 + 24 },
    ...drawn.flatMap(({ entry, points, passes }): readonly GridColumn<number>[] => {
      const group = passes.length === 0 ? undefined : entry.label;
      const own: GridColumn<number> = {
        id: entry.key,
        header: group === undefined ? entry.label : 'mean',
        group,
        value: (place) => points.get(place)?.value,
        render: (place) => words(points.get(place)?.value, subject, group !== undefined),
        align: 'end',
        width: 120,
      };
      const ends = (['low', 'high'] as const).map((end): GridColumn<number> => ({
        id: `${entry.key} ${end}`,
        header: end === 'low' ? 'lowest' : 'highest',
        group,
        value: (place) => points.get(place)?.group?.[end],
        render: (place) => words(points.get(place)?.group?.[end], subject, true),
        align: 'end',
        width: 100,
      }));
      const interval = ([0, 1] as const).map((end): GridColumn<number> => ({
        id: `${entry.key} interval ${end}`,
        header: end === 0 ? '95 % from' : 'to',
        group,
        value: (place) => points.get(place)?.group?.interval?.[end],
        render: (place) => words(points.get(place)?.group?.interval?.[end], subject, true),
        align: 'end',
        width: 100,
      }));
      const each = passes.map(({ of, values }): GridColumn<number> => ({
        id: `${entry.key} ${of.id}`,
        header: of.label,
        group,
        value: (place) => values.get(place),
        render: (place) => words(values.get(place), subject),
        align: 'end',
        width: 110,
      }));
      return group === undefined ? [own] : [own, ...ends, ...interval, ...each];
    }),
  ];
}
