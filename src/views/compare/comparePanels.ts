import { emptyPanel } from '../../charts/shape/parameterPanel.ts';
import type { ChartLine, ChartMark, EndLabel, LinePoint, PanelModel } from '../../charts/shape/panel.ts';
import { groupsPerLine, thinLines, thinSigns } from '../../charts/shape/thinPanel.ts';
import { extentOf, linearAxis, moneyTickFormat } from '../../charts/shape/valueAxis.ts';
import { minus, valuesOf, type Subject, type Values } from '../../domain/compare/series.ts';
import { parameterText } from '../../domain/policy/parameterText.ts';
import type { AgentId } from '../../lib/ids.ts';
import { placesOf, valueWords, type DrawnEntry, type FigureChoice } from './drawnEntries.ts';
import type { Entry } from './entries.ts';
import type { Compared } from './useCompared.ts';

type BandKind = 'range' | 'interval';

export interface PanelChoice extends FigureChoice {
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
  const lines = drawn.flatMap(({ entry, points, passes, baseAt }): readonly ChartLine[] => {
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
      points: linePoints(
        points,
        (point, place) => {
          if (point === undefined) return [undefined];
          const { group } = point;
          const base = Number(baseAt?.(place) ?? 0);
          const band =
            group === undefined
              ? undefined
              : choice.band === 'range'
                ? ([group.low, group.high] as const)
                : group.interval;
          return [Number(point.value), band === undefined ? undefined : [band[0] - base, band[1] - base]];
        },
        choice,
      ),
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
  { alignment }: FigureChoice,
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
  const [at, end] = [...points].findLast(([, point]) => point !== undefined) ?? [];
  if (end === undefined) return [];
  return [
    {
      agentIndex: entry.style.place,
      value: Number(end.value),
      // The mean ends with the shortest pass: its last value is not the mean of the final ones.
      name: entry.isGroup ? `${shortLabel(entry.label)} at ${at}` : shortLabel(entry.label),
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

/** One experiment of the small multiples. */
export interface Multiple {
  readonly entry: Entry;
  readonly of: Compared;
  readonly label: string;
  /** Of each agent, by iteration. */
  readonly values: ReadonlyMap<AgentId, Values>;
}

/** Every experiment and every pass with a line for each agent, so that all can be drawn on one scale. */
export function multiplesOf(
  entries: readonly Entry[],
  agents: readonly AgentId[],
  parameter: string | undefined,
): readonly Multiple[] {
  return entries.flatMap((entry) =>
    entry.members.map((of) => ({
      entry,
      of,
      label: entry.isGroup ? `${entry.label} ${passWords(of, entry.members)}` : entry.label,
      values: new Map(
        agents.map((agent) => [
          agent,
          valuesOf(of.detail, { subject: { parameter, agent }, alignment: 'iteration', bestSoFar: false }),
        ]),
      ),
    })),
  );
}

/** By its seed where that tells it from the other passes. */
function passWords({ summary: { masterSeed }, label }: Compared, passes: readonly Compared[]): string {
  const sameSeed = passes.filter(({ summary }) => summary.masterSeed === masterSeed);
  return masterSeed === undefined || sameSeed.length > 1 ? label : `seed ${masterSeed}`;
}

/** A panel for each, all on one scale. */
export function multiplePanels(
  multiples: readonly Multiple[],
  agents: readonly AgentId[],
  subject: Subject,
): readonly PanelModel[] {
  const role = subject.parameter === undefined ? 'measured' : 'parameter';
  const choice: FigureChoice = { subject, alignment: 'iteration', bestSoFar: false, relative: false };
  const drafts = multiples.map(({ label, of, values }) => ({
    title:
      subject.parameter === undefined ? `${label}: ${valueWords(of.outcome.finalCents, subject)}` : label,
    lines: agents.map((agent, agentIndex): ChartLine => ({
      role,
      agentIndex,
      points: linePoints(
        values.get(agent) ?? new Map(),
        (value) => [value === undefined ? undefined : Number(value)],
        choice,
      ),
    })),
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
