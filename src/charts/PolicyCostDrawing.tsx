import { useMemo, useState, useSyncExternalStore } from 'react';
import type { ChartAgent, FigureInput } from './shape/figureInput.ts';
import type { FigureModel } from './shape/figureModel.ts';
import { gutters, panelBox, xOf, yOf, type Gutters } from './shape/geometry.ts';
import { readoutOf, type AgentReadout, type Readout, type ReadoutFact } from './shape/readout.ts';
import type { MarkTarget, PanelModel } from './shape/panel.ts';
import { ChartPanel } from './ChartPanel.tsx';
import styles from './PolicyCostFigure.module.css';
import type { PanelLayout } from './PanelFrame.tsx';
import { PanelStage } from './PanelStage.tsx';
import { ReadoutCard, type ReadoutBlock } from './ReadoutCard.tsx';
import { targetOf, useActiveMark, figureStops, type StopMark } from './usePointing.ts';
import { verdictWord } from '../domain/experiment/verdict.ts';
import { placeMarks } from './shape/placed.ts';
import type { AgentId } from '../lib/ids.ts';

interface PolicyCostDrawingProps {
  readonly name: string;
  readonly input: FigureInput;
  readonly agents: readonly ChartAgent[];
  readonly model: FigureModel;
  readonly span: readonly [number, number];
  readonly width: number;
  readonly parameter: string | undefined;
  readonly selected: MarkTarget | undefined;
  readonly onSelect: (target: MarkTarget) => void;
  readonly onActivate: (target: MarkTarget) => void;
  /** Place of the agent that the legend raises. */
  readonly raised: number | undefined;
  /** Each agent in panels of its own, all on one scale. */
  readonly isSplit: boolean;
  /** Other iterations: closer in on one, further out, a part or all of them. */
  readonly onZoom: (zoom: Zoom) => void;
}

/** What `+`, `-` and `0` ask for, and a drag over the figure. */
export type Zoom =
  | {
      readonly to: 'closer' | 'further' | 'all';
      /** In the middle of it. */
      readonly at: number | undefined;
    }
  | { readonly to: 'part'; readonly first: number; readonly last: number };

const zoomKeys: Readonly<Record<string, Exclude<Zoom['to'], 'part'>>> = {
  '+': 'closer',
  '-': 'further',
  '0': 'all',
};

const keys =
  'Left and right arrow keys move over the iterations, up and down over policies and proposals of an iteration, Home and End to the first and last. Plus shows fewer iterations, minus more, zero all. Enter opens, Escape leaves.';

/** Both panels under one pointer and one keyboard cursor. */
export function PolicyCostDrawing(props: PolicyCostDrawingProps) {
  const { input, agents, span, width, selected, onSelect, onActivate } = props;
  const { groups, columns, stops } = useFigureLayout(props.model, agents, span, width, props.isSplit);
  const pointing = useActiveMark({ stops, selected, onActivate });
  const [hovered, setHovered] = useState<number>();
  const isFocus = pointing.active?.by === 'keyboard';
  const active = pointing.active?.spot;

  const readout =
    active === undefined ? undefined : readoutOf(input, agents, active.iteration, props.parameter);
  const emphasis = emphasisOf(active, selected);
  const focused = isFocus
    ? agents.find(({ agentId }) => agentId === active?.mark?.agentId)?.index
    : undefined;
  const wanted = props.raised ?? focused ?? hovered;
  // One alone has nothing to be raised above.
  const raised = agents.length > 1 && agents.some(({ index }) => index === wanted) ? wanted : undefined;
  const panelOf = (layout: PanelLayout, side: Gutters) => (
    <ChartPanel
      layout={layout}
      side={side}
      span={span}
      stops={stops}
      active={active?.iteration}
      selected={selected?.iteration}
      rings={emphasis === undefined ? [] : ringPoints(emphasis, layout, span, agents)}
      isFocus={isFocus}
      raised={raised}
      onRaise={setHovered}
      onPoint={pointing.pointAt}
      onPick={(pointed) => onSelect(targetOf(pointed))}
      onBrush={(first, last) => props.onZoom({ to: 'part', first, last })}
    />
  );
  return (
    <PanelStage
      name={props.name}
      keys={keys}
      width={width}
      pointing={{
        ...pointing,
        onKeyDown: (event) => {
          const to = event.ctrlKey || event.metaKey || event.altKey ? undefined : zoomKeys[event.key];
          if (to === undefined) {
            pointing.onKeyDown(event);
            return;
          }
          event.preventDefault();
          event.stopPropagation();
          props.onZoom({ to, at: active?.iteration ?? selected?.iteration });
        },
        clear: (by) => {
          if (by === 'pointer') setHovered(undefined);
          pointing.clear(by);
        },
      }}
      isOnMark={!isFocus && active?.mark !== undefined}
      readout={
        active === undefined || readout === undefined
          ? undefined
          : {
              x: groups[0] === undefined ? 0 : xOf(groups[0].lower.box, span, active.iteration),
              // Several panels beside each other have their readout below.
              blockCount: props.isSplit ? Math.max(agents.length, manyBlocks) : agents.length,
              mayBeBrief: !props.isSplit,
              content: (room) => (
                <ReadoutCard
                  title={`Iteration ${readout.iteration}`}
                  aside={readout.total === undefined ? undefined : `total ${readout.total}`}
                  blocks={readout.agents.map(blockOf)}
                  active={active.mark?.agentId}
                  room={room}
                />
              ),
              speech: active.mark === undefined ? undefined : speechFor(readout, active.mark),
            }
      }
    >
      <div className={styles.groups} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
        {groups.map(({ key, side, upper, lower }) => (
          <div key={key}>
            {panelOf(upper, side)}
            {panelOf(lower, side)}
          </div>
        ))}
      </div>
    </PanelStage>
  );
}

function blockOf({ agentId, agentIndex, compared, proposal }: AgentReadout): ReadoutBlock {
  return { name: agentId, agentIndex, facts: compared, proposal };
}

function spoken(facts: readonly ReadoutFact[]): string {
  return facts.map(({ label, text }) => `${label} ${text}`).join(', ');
}

/** What the live region says when the keyboard rests on a mark: the same words as the readout. */
export function speechFor(readout: Readout, mark: StopMark): string {
  const agent = readout.agents.find(({ agentId }) => agentId === mark.agentId);
  const where = `Iteration ${readout.iteration}, ${mark.agentId}`;
  if (agent === undefined) return `${where}.`;
  switch (mark.part) {
    case 'policy':
      return `${where}, policy in force: ${spoken(agent.policy)}${agent.proposal === undefined ? `; ${agent.noProposal}` : ''}.`;
    case 'proposal':
      return proposalSpeech(where, agent);
  }
}

function proposalSpeech(where: string, { proposal, noProposal }: AgentReadout): string {
  if (proposal === undefined) return `${where}, ${noProposal}.`;
  const facts = proposal.facts.length === 0 ? '' : `: ${spoken(proposal.facts)}`;
  const reason = proposal.reason === undefined ? '' : ` Reason: ${proposal.reason}`;
  return `${where}, proposal ${verdictWord(proposal.verdict, proposal.invalidBecause)}${facts}.${reason}`;
}

/** Of both plots together, without axes and rails: the figure is whole in the window under the head of its page. */
const leastHeight = 240;
const mostHeight = 560;
/** Pixels of a window that the bar, the head, the summary, and the rest of the card take. */
const besidePlots = 470;
/** Of the parameter's plot. */
const upperShare = 0.35;

function useWindowHeight(): number {
  return useSyncExternalStore(onResize, () => window.innerHeight);
}

function onResize(tell: () => void): () => void {
  window.addEventListener('resize', tell);
  return () => window.removeEventListener('resize', tell);
}

/** Boxes, marks in pixels and keyboard stops of a model at a width. */
function useFigureLayout(
  model: FigureModel,
  agents: readonly ChartAgent[],
  span: readonly [number, number],
  width: number,
  isSplit: boolean,
) {
  const windowHeight = useWindowHeight();
  const layout = useMemo(() => {
    const plots = Math.max(leastHeight, Math.min(windowHeight - besidePlots, mostHeight));
    const upperHeight = Math.round(plots * upperShare);
    const columns = isSplit ? Math.max(1, Math.min(agents.length, Math.floor(width / leastGroup))) : 1;
    const own = Math.floor((width - (columns - 1) * groupGap) / columns);
    const share = isSplit ? splitShare : 1;
    const groupOf = (key: string, panels: Pick<FigureModel, 'upper' | 'lower'>) => {
      const side = gutters([panels.upper, panels.lower], own);
      const placeIn = (panel: PanelModel, plotHeight: number, withAxis: boolean) => {
        const box = panelBox(panel, own, Math.round(plotHeight * share), side, withAxis);
        return { panel, box, placed: placeMarks(panel, box, span) };
      };
      // The axis is written once, under the lowest panel that draws.
      const lowerDraws = panels.lower.emptyText === undefined;
      return {
        key,
        side,
        upper: placeIn(panels.upper, upperHeight, !lowerDraws),
        lower: placeIn(panels.lower, plots - upperHeight, true),
      };
    };
    const groups = isSplit
      ? agents.map((agent) =>
          groupOf(agent.agentId, {
            upper: panelOfAgent(model.upper, agent),
            lower: panelOfAgent(model.lower, agent),
          }),
        )
      : [groupOf('all', model)];
    return { groups, columns };
  }, [model, agents, span, width, windowHeight, isSplit]);
  const stops = useMemo(() => figureStops(model, agents), [model, agents]);
  return { ...layout, stops };
}

/** Pixels of the narrowest panels of one agent, and between two of them. */
const leastGroup = 290;
const groupGap = 24;
/** Of the height of a plot that all agents share. */
const splitShare = 0.62;
/** So many blocks that a readout goes under the drawing. */
const manyBlocks = 4;

/** One agent of a panel, on the scale of all. */
function panelOfAgent(panel: PanelModel, { agentId, index }: ChartAgent): PanelModel {
  const isOwn = ({ agentIndex }: { readonly agentIndex: number | undefined }) => agentIndex === index;
  return {
    ...panel,
    title: `${agentId}, ${panel.title.charAt(0).toLowerCase()}${panel.title.slice(1)}`,
    lines: panel.lines.filter(isOwn),
    marks: panel.marks.filter(isOwn),
    labels: panel.labels.filter(isOwn).map((label) => ({ ...label, name: '' })),
  };
}

/** Marks to be ringed: all of an agent's in an iteration when no part is named. */
interface Emphasis {
  readonly iteration: number;
  readonly agentId: AgentId;
  readonly part: StopMark['part'] | undefined;
}

/** What is pointed at goes before what is selected; an iteration without an agent rings nothing. */
function emphasisOf(
  active: { readonly iteration: number; readonly mark: StopMark | undefined } | undefined,
  selected: MarkTarget | undefined,
): Emphasis | undefined {
  if (active?.mark !== undefined) return { iteration: active.iteration, ...active.mark };
  if (selected?.agentId === undefined) return undefined;
  return { iteration: selected.iteration, agentId: selected.agentId, part: undefined };
}

/** Where the rings go in one panel. What has no sign of its own there (a parameter in force) is ringed on the line. */
function ringPoints(
  emphasis: Emphasis,
  layout: PanelLayout,
  span: readonly [number, number],
  agents: readonly ChartAgent[],
): readonly (readonly [number, number])[] {
  const { iteration, agentId, part } = emphasis;
  const { panel, box, placed } = layout;
  const marks = placed
    .filter(({ mark }) => mark.iteration === iteration && mark.agentId === agentId)
    .filter(({ mark }) => part === undefined || (mark.kind === 'policy') === (part === 'policy'))
    .map(({ x, y }) => [x, y] as const);
  if (marks.length > 0) return marks;
  const index = agents.find((agent) => agent.agentId === agentId)?.index;
  const line = panel.lines.find((each) => each.agentIndex === index && each.role !== 'remeasured');
  const value =
    index === undefined ? undefined : line?.points.find((point) => point.iteration === iteration)?.value;
  return value === undefined ? [] : [[xOf(box, span, iteration), yOf(box, panel, value)]];
}
