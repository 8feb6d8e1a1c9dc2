import { useMemo } from 'react';

import { LinePanels } from '../../charts/LinePanels.tsx';
import { Measured } from '../../charts/PanelStage.tsx';
import { emptyPanel } from '../../charts/shape/figurePanels.ts';
import type { ChartLine, EndLabel, PanelModel } from '../../charts/shape/panel.ts';
import { groupsPerLine, thinLines } from '../../charts/shape/thinning.ts';
import { extentOf, linearAxis, moneyTickFormat } from '../../charts/shape/valueAxis.ts';
import { useJoinedAnswers } from '../../data/useAnswer.ts';
import {
  modelShares,
  plateauOf,
  searchPoints,
  type ModelShare,
  type SearchPoint,
} from '../../domain/compare/searchCost.ts';
import { formatCount, formatMoney, formatSeconds, plural } from '../../lib/format.ts';
import { agentId } from '../../lib/ids.ts';
import { proposerModels } from '../../queries/exchangeUse.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { Figure } from '../../ui/Figure.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { mostCompared } from '../shared/experimentWords.ts';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { Missing, Money } from '../shared/Values.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Compare.module.css';
import type { Entry } from './entries.ts';
import { compareFields } from './fields.ts';
import type { Compared } from './useCompared.ts';

interface SearchCostCardProps {
  readonly entries: readonly Entry[];
}

/** One experiment or pass with what its search had cost by each iteration. */
interface Search {
  readonly entry: Entry;
  readonly of: Compared;
  readonly points: readonly SearchPoint[];
  readonly plateau: SearchPoint | undefined;
  readonly models: readonly ModelShare[];
}

type Meter = 'proposals' | 'words' | 'seconds';
const axes: Readonly<Record<Meter, string>> = {
  proposals: 'Proposals',
  words: 'Words',
  /** For answers of the proposer; the table of outcomes has the seconds of the whole. */
  seconds: 'Seconds waited',
};
/** More lines than these are no picture; the table has all. */
const mostLines = 24;

/** What the saving cost: proposals, words and seconds; by model where several were asked. */
export function SearchCostCard({ entries }: SearchCostCardProps) {
  const { search, patch } = useAddress(compareFields);
  const meter: Meter = search.meter ?? 'proposals';
  const all = useMemo(
    () => entries.flatMap((entry) => entry.members.map((of) => ({ entry, of }))),
    [entries],
  );
  const turns = useJoinedAnswers(
    all.map(({ of }) =>
      proposerModels.about({ fileId: of.file.fileId, experimentId: of.summary.experimentId }),
    ),
  );
  const searches = useMemo(
    () =>
      all.map(({ entry, of }, i): Search => {
        const own = turns.data[i] ?? [];
        const points = searchPoints(of.detail, own);
        return { entry, of, points, plateau: plateauOf(points), models: modelShares(of.detail, own) };
      }),
    [all, turns.data],
  );
  const drawn = useMemo(() => searches.slice(0, mostLines), [searches]);
  const curves = useMemo(() => curvesOf(drawn, meter), [drawn, meter]);
  const name = `Saving by ${meter}`;
  const byModel = searches.filter(({ models }) => models.length > 1);
  return (
    <Card title="Cost of the search" aside="first total cost minus that of each iteration" padded>
      {turns.error !== undefined && <ErrorNotice error={turns.error} doing="reading the exchanges" />}
      {turns.isLoading ? (
        <ProgressBar doing="Reading what the exchanges took" />
      ) : (
        <>
          <Figure
            name={name}
            caption={captionOf(searches)}
            controls={
              <ToggleGroup
                label="Against"
                value={meter}
                choices={[
                  { value: 'proposals', label: 'Proposals' },
                  { value: 'words', label: 'Words' },
                  { value: 'seconds', label: 'Seconds waited' },
                ]}
                onChange={(value) => patch({ meter: value === 'proposals' ? undefined : value })}
              />
            }
            sheet={async () => {
              const { linesSheet } = await import('../../charts/export/linesSheet.ts');
              return linesSheet({
                panels: [curves.panel],
                span: curves.span,
                axis: axes[meter],
                names: drawn.map(({ of, entry }) => ({ name: of.label, look: entry.style })),
                title: name,
                caption: captionOf(searches),
              });
            }}
            table={() => ({
              rows: searches.flatMap((one) => one.points.map((point) => ({ ...one, point }))),
              rowKey: ({ of, point }) => `${of.id} ${point.iteration}`,
              columns: pointColumns,
            })}
          >
            <Curves name={name} searches={drawn} meter={meter} curves={curves} />
          </Figure>
          <Plateaus name="Plateaus" searches={searches.slice(0, mostCompared)} />
          {searches.length > mostCompared && (
            <Disclosure summary={`Of ${searches.length - mostCompared} more`}>
              <Plateaus name="Further plateaus" searches={searches.slice(mostCompared)} />
            </Disclosure>
          )}
          {byModel.length > 0 && (
            <DataGrid
              name="Cost of the search by model"
              columns={modelColumns}
              rows={byModel.flatMap(({ of, models }) => models.map((share) => ({ of, share })))}
              rowKey={({ of, share }) => `${of.id} ${share.model ?? ''}`}
              emptyText=""
            />
          )}
        </>
      )}
    </Card>
  );
}

function Plateaus({ name, searches }: { readonly name: string; readonly searches: readonly Search[] }) {
  return (
    <ul className={styles.plateaus} aria-label={name}>
      {searches.map(({ of, entry, plateau, points }) => (
        <li key={of.id}>
          <b style={{ color: entry.style.color }}>{of.label}</b> {plateauWords(plateau, points.at(-1))}
        </li>
      ))}
    </ul>
  );
}

function captionOf(searches: readonly Search[]): string {
  const words = ['A dot marks where 95 % of the largest saving had been won: the plateau begins.'];
  if (searches.length > mostLines)
    words.push(`${mostLines} of ${searches.length} are drawn; the table has all.`);
  if (searches.some(({ of }) => of.summary.evaluationMode === 'bootstrap'))
    words.push('In bootstrap mode arrivals differ by iteration, so the largest saving may be the luckiest.');
  return words.join(' ');
}

interface CurvesProps {
  readonly name: string;
  readonly searches: readonly Search[];
  readonly meter: Meter;
  readonly curves: ReturnType<typeof curvesOf>;
}

function Curves({ name, searches, meter, curves: { panel, span, places } }: CurvesProps) {
  return (
    <Measured className={styles.drawing}>
      {(width) => (
        <LinePanels
          name={name}
          panels={[panel]}
          span={span}
          places={places}
          axis={axes[meter]}
          plotHeight={220}
          width={width}
          blockWord="experiment"
          readout={(place) =>
            searches.map(({ of, entry, points }) => {
              const point = points.findLast((one) => (one[meter] ?? Infinity) <= place);
              return {
                name: of.label,
                agentIndex: undefined,
                color: entry.style.color,
                facts: point === undefined ? [] : factsOf(point),
              };
            })
          }
        />
      )}
    </Measured>
  );
}

function factsOf({ iteration, proposals, words, seconds, savedCents }: SearchPoint) {
  const fact = (label: string, value: number | undefined) =>
    value === undefined ? [] : [{ label, text: formatCount(Math.round(value * 10) / 10) }];
  return [
    { label: 'iteration', text: String(iteration) },
    { label: 'saved', text: savedCents === undefined ? 'not recorded' : formatMoney(savedCents) },
    ...fact('proposals', proposals),
    ...fact('words', words),
    ...fact('seconds', seconds),
  ];
}

function curvesOf(searches: readonly Search[], meter: Meter) {
  const placed = searches.map(({ entry, of, points, plateau }) => ({
    entry,
    of,
    plateau,
    points: points.flatMap((point) => {
      const at = point[meter];
      return at === undefined ? [] : [{ at: Math.round(at), point }];
    }),
  }));
  const lines = placed.map(({ entry, points }): ChartLine => ({
    role: 'measured',
    agentIndex: undefined,
    look: entry.style,
    points: points.map(({ at, point }) => ({
      iteration: at,
      value: point.savedCents === undefined ? undefined : Number(point.savedCents),
      interval: undefined,
    })),
  }));
  const places = [...new Set(placed.flatMap(({ points }) => points.map(({ at }) => at)))].sort(
    (a, b) => a - b,
  );
  const extent = extentOf(lines, [], []);
  const span = [0, Math.max(1, places.at(-1) ?? 1)] as const;
  if (extent === undefined)
    return {
      panel: emptyPanel('', `${axes[meter]} and costs are not recorded together.`),
      span,
      places,
    };
  const axis = linearAxis(extent, 100, 1, 6);
  const panel: PanelModel = {
    title: '',
    lines: thinLines(lines, groupsPerLine(lines.length), undefined),
    marks: placed.flatMap(({ entry, points, plateau }, index) => {
      const found = points.find(({ point }) => point === plateau);
      if (found?.point.savedCents === undefined) return [];
      return [
        {
          iteration: found.at,
          agentId: noAgent,
          agentIndex: index,
          kind: 'policy',
          place: { on: 'plot', value: Number(found.point.savedCents) },
          tiedTo: undefined,
          look: entry.style,
        },
      ];
    }),
    rails: [],
    rules: [],
    labels: placed.flatMap(({ of, entry, points }, index): readonly EndLabel[] => {
      const saved = points.at(-1)?.point.savedCents;
      if (saved === undefined || searches.length > 12) return [];
      const name = of.label.split(' ').at(-1) ?? of.label;
      return [{ agentIndex: index, value: Number(saved), name, text: formatMoney(saved), look: entry.style }];
    }),
    scale: 'linear',
    ...axis,
    formatTick: moneyTickFormat(axis.ticks),
    emptyText: undefined,
  };
  return { panel, span, places };
}

/** Marks belong to agents elsewhere; these stand for a whole experiment. */
const noAgent = agentId('all agents');

function plateauWords(plateau: SearchPoint | undefined, end: SearchPoint | undefined): string {
  if (plateau === undefined || end === undefined) return 'saved nothing, or its costs are not recorded.';
  const spent = (at: SearchPoint) =>
    [
      plural(at.proposals, 'proposal'),
      ...(at.words === undefined ? [] : [plural(at.words, 'word')]),
      ...(at.seconds === undefined ? [] : [formatSeconds(at.seconds)]),
    ].join(', ');
  const won = plateau.savedCents === undefined ? '' : `${formatMoney(plateau.savedCents)} saved `;
  return `${won}after ${spent(plateau)} (iteration ${plateau.iteration}); the search went on to ${spent(end)}.`;
}

/** A count, words or seconds: to a tenth. */
function amount<Row>(
  id: string,
  header: string,
  value: (row: Row) => number | undefined,
  { missing, width }: { readonly missing: string; readonly width: number },
): GridColumn<Row> {
  return {
    id,
    header,
    value,
    render: (row) => {
      const found = value(row);
      return found === undefined ? <Missing why={missing} /> : formatCount(Math.round(found * 10) / 10);
    },
    align: 'end',
    width,
  };
}

const pointColumns: readonly GridColumn<Search & { readonly point: SearchPoint }>[] = [
  { id: 'experiment', header: 'Experiment', value: ({ of }) => of.label, width: 160 },
  { id: 'iteration', header: 'Iteration', value: ({ point }) => point.iteration, align: 'end', width: 80 },
  ...(['proposals', 'words', 'seconds'] as const).map((id) =>
    amount<Search & { readonly point: SearchPoint }>(id, axes[id], ({ point }) => point[id], {
      missing: 'not recorded',
      width: 100,
    }),
  ),
  {
    id: 'saved',
    header: 'Saved',
    value: ({ point }) => point.savedCents,
    render: ({ point }) => <Money cents={point.savedCents} />,
    align: 'end',
    width: 110,
  },
];

interface ModelRow {
  readonly of: Compared;
  readonly share: ModelShare;
}

const modelColumns: readonly GridColumn<ModelRow>[] = [
  { id: 'experiment', header: 'Experiment', value: ({ of }) => of.label, width: 160 },
  { id: 'model', header: 'Model', value: ({ share }) => share.model ?? 'not recorded', width: 180 },
  ...(['exchanges', 'accepted', 'rejected', 'invalid', 'words', 'seconds'] as const).map((id) =>
    amount<ModelRow>(
      id,
      id === 'seconds' ? axes.seconds : id.charAt(0).toUpperCase() + id.slice(1),
      ({ share }) => share[id],
      {
        missing: 'not recorded for each',
        width: 90,
      },
    ),
  ),
  {
    id: 'saved',
    header: 'Saved',
    headerTitle: 'fall of the total cost over the iterations in which it alone was asked',
    value: ({ share }) => share.savedCents,
    render: ({ share }) => <Money cents={share.savedCents} missing="never asked alone, or not recorded" />,
    align: 'end',
    width: 110,
  },
];
