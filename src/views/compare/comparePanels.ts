import { emptyPanel } from '../../charts/shape/figurePanels.ts';
import type { ChartLine, ChartMark, EndLabel, LinePoint, PanelModel } from '../../charts/shape/panel.ts';
import { groupsPerLine, thinLines, thinSigns } from '../../charts/shape/thinning.ts';
import { extentOf, linearAxis, moneyTickFormat } from '../../charts/shape/valueAxis.ts';
import { minus, type Subject, type Values } from '../../domain/compare/series.ts';
import { parameterText } from '../../domain/policy/parameters.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import {
  drawnEntries,
  placesOf,
  valueWords,
  type DrawnEntry,
  type CompareChoice,
  finalOf,
  passWords,
  type Entry,
} from './entries.ts';

type BandKind = 'range' | 'interval';

export interface PanelChoice extends CompareChoice {
  readonly band: BandKind;
  /** The passes of groups as thin lines. */
  readonly showPasses: boolean;
  /** Proposals that were turned down, as crosses: of one agent only. */
  readonly showRejected: boolean;
}

/** The panel with everything compared; thinned, as 600 marks are all that can be told apart. */
export function comparisonPanel(
  drawn: readonly DrawnEntry[],
  choice: PanelChoice,
): { readonly panel: PanelModel; readonly undrawn: number } {
  const { subject } = choice;
  const role = subject.parameter === undefined ? 'measured' : 'parameter';
  const lines = drawn.flatMap(({ entry, points, passes }): readonly ChartLine[] => {
    const thin = choice.showPasses
      ? passes.map(({ values }): ChartLine => ({
          role,
          agentIndex: undefined,
          look: { color: entry.style.color, isThin: true },
          points: linePoints(values, (value) => [value === undefined ? undefined : Number(value)], choice),
        }))
      : [];
    const main: ChartLine = {
      role,
      agentIndex: undefined,
      look: entry.style,
      points: bandPoints(points, choice),
    };
    return [...thin, main];
  });
  const rejected = choice.showRejected ? rejectedMarks(drawn, choice) : { marks: [], undrawn: 0 };
  const extent = extentOf(lines, rejected.marks, []);
  const title = choice.relative ? 'minus the baseline' : '';
  if (extent === undefined) return { panel: emptyPanel(title, 'None of them has such a value.'), undrawn: 0 };
  return {
    panel: {
      title,
      lines: thinLines(lines, groupsPerLine(lines.length), undefined),
      marks: thinSigns(rejected.marks, () => false),
      rails: [],
      rules: [],
      labels: drawn.flatMap((one) => endLabel(one, subject)),
      scale: 'linear',
      ...axisOf(extent, subject),
      emptyText: undefined,
    },
    undrawn: rejected.undrawn,
  };
}

/** The line of an entry: of a group its mean with the band that is asked for. */
function bandPoints(points: DrawnEntry['points'], choice: PanelChoice): readonly LinePoint[] {
  return linePoints(
    points,
    (point) => {
      if (point === undefined) return [undefined];
      const { group } = point;
      const band =
        group === undefined
          ? undefined
          : choice.band === 'range'
            ? ([group.low, group.high] as const)
            : group.interval;
      return [Number(point.value), band];
    },
    choice,
  );
}

function axisOf(extent: readonly [number, number], { parameter }: Subject) {
  const isCost = parameter === undefined;
  const { domain, ticks } = linearAxis(extent, isCost ? 100 : 1, isCost ? 1 : 0, 6);
  return {
    domain,
    ticks,
    formatTick: isCost ? moneyTickFormat(ticks) : (value: number) => parameterText(parameter, value),
  };
}

type Read = readonly [value: number | undefined, interval?: readonly [number, number] | undefined];

/** By iteration a gap breaks the line; between numbers of accepted proposals there is nothing that could be missing. */
function linePoints<T>(
  values: ReadonlyMap<number, T>,
  read: (value: T, place: number) => Read,
  { alignment }: CompareChoice,
): readonly LinePoint[] {
  const points: LinePoint[] = [];
  let before: number | undefined;
  for (const [place, value] of values) {
    if (alignment === 'iteration' && before !== undefined && place > before + 1)
      points.push({ iteration: before + 1, value: undefined, interval: undefined });
    const [at, interval] = read(value, place);
    points.push({ iteration: place, value: at, interval });
    before = place;
  }
  return points;
}

const shortest = 14;

/** What fits beside the plot: the end of a name tells experiments of one name apart. */
const shortLabel = (label: string): string =>
  label.length > shortest ? (label.split(' ').at(-1) ?? label).slice(0, shortest) : label;

function endLabel({ entry, points }: DrawnEntry, subject: Subject): readonly EndLabel[] {
  const [, end] = [...points].findLast(([, point]) => point !== undefined) ?? [];
  if (end === undefined) return [];
  return [
    {
      agentIndex: entry.style.place,
      value: Number(end.value),
      name: shortLabel(entry.label),
      text: valueWords(end.value, subject, end.group !== undefined),
      look: entry.style,
    },
  ];
}

/** Rejected proposals of the agent in question at their new cost, or at the parameter they asked for. */
function rejectedMarks(
  drawn: readonly DrawnEntry[],
  choice: PanelChoice,
): { readonly marks: readonly ChartMark[]; readonly undrawn: number } {
  const { parameter, agent } = choice.subject;
  let undrawn = 0;
  const experiments = drawn.flatMap(({ entry, baseAt }) =>
    entry.members.map((of) => ({ of, entry, baseAt })),
  );
  const marks = experiments.flatMap(({ of, entry, baseAt }, index) => {
    const placeOf = placesOf(of.detail, choice);
    return of.detail.proposals.flatMap((proposal): readonly ChartMark[] => {
      if (proposal.verdict !== 'rejected' || proposal.agentId !== agent) return [];
      const place = placeOf(proposal);
      const asked = parameter === undefined ? proposal.newCostCents : proposal.parameters.get(parameter);
      const value = baseAt === undefined ? asked : minus(asked, baseAt(place));
      if (value === undefined) {
        undrawn += 1;
        return [];
      }
      return [
        {
          iteration: place,
          agentId: proposal.agentId,
          agentIndex: index,
          kind: 'rejected',
          place: { on: 'plot', value: Number(value) },
          tiedTo: undefined,
          look: entry.style,
        },
      ];
    });
  });
  return { marks, undrawn };
}

/** One panel of the small multiples: an experiment, the mean of a group, or one of its passes. */
export interface Multiple {
  readonly key: string;
  readonly entry: Entry;
  readonly label: string;
  readonly isMean: boolean;
  /** Total cost at the end; of a mean that of the finals. */
  readonly finalCents: Cents | undefined;
  /** Of each agent, by place, as the figure above shows them. */
  readonly values: ReadonlyMap<AgentId, Values>;
  /** Of each agent, in the order of the agents. */
  readonly lines: readonly (readonly LinePoint[])[];
}

/** Every experiment, group and pass with a line for each agent, by the same choice as the one figure. */
export function multiplesOf(
  entries: readonly Entry[],
  agents: readonly AgentId[],
  choice: PanelChoice,
): readonly Multiple[] {
  const { parameter } = choice.subject;
  const byAgent = agents.map((agent) => drawnEntries(entries, { ...choice, subject: { parameter, agent } }));
  return entries.flatMap((entry, at) => {
    const drawn = byAgent.flatMap((ofAgent) => ofAgent[at] ?? []);
    const own: Multiple = {
      key: entry.key,
      entry,
      label: entry.isGroup ? `${entry.label}, mean of ${entry.members.length}` : entry.label,
      isMean: entry.isGroup,
      finalCents: finalOf(entry),
      values: new Map(
        agents.map((agent, i) => [
          agent,
          new Map([...(drawn[i]?.points ?? [])].map(([place, point]) => [place, point?.value])),
        ]),
      ),
      lines: drawn.map((one) => bandPoints(one.points, choice)),
    };
    if (!entry.isGroup || !choice.showPasses) return [own];
    const passes = entry.members.map((of, pass): Multiple => {
      const values = drawn.map((one) => one.passes[pass]?.values ?? new Map());
      return {
        key: `${entry.key} ${of.id}`,
        entry,
        label: `${entry.label} ${passWords(of, entry.members)}`,
        isMean: false,
        finalCents: of.outcome.finalCents,
        values: new Map(agents.map((agent, i) => [agent, values[i] ?? new Map()])),
        lines: values.map((ofAgent) =>
          linePoints(ofAgent, (value) => [value === undefined ? undefined : Number(value)], choice),
        ),
      };
    });
    return [own, ...passes];
  });
}

/** A panel for each, all on one scale. */
export function multiplePanels(
  multiples: readonly Multiple[],
  { subject, relative }: CompareChoice,
): readonly PanelModel[] {
  const role = subject.parameter === undefined ? 'measured' : 'parameter';
  const drafts = multiples.map(({ label, isMean, finalCents, lines }) => ({
    // A mean line ends with the pass that ends first, so the mean of the finals need not stand on it; and no
    // final stands on a line of differences.
    title:
      subject.parameter === undefined && !relative
        ? `${label}: ${isMean ? 'mean final ' : ''}${valueWords(finalCents, subject)}`
        : label,
    lines: lines.map((points, agentIndex): ChartLine => ({ role, agentIndex, points })),
  }));
  const lines = drafts.flatMap((draft) => draft.lines);
  const extent = extentOf(lines, [], []);
  const axis = extent === undefined ? undefined : axisOf(extent, subject);
  return drafts.map((draft): PanelModel => {
    if (axis === undefined) return emptyPanel(draft.title, 'It has no such value.');
    return {
      ...draft,
      lines: thinLines(draft.lines, groupsPerLine(lines.length), undefined),
      marks: [],
      rails: [],
      rules: [],
      labels: [],
      scale: 'linear',
      ...axis,
      ticks: axis.ticks.filter((_, index) => index % 2 === 0),
      emptyText: undefined,
    };
  });
}
