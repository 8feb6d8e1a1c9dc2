import { useMemo, useState, type ReactNode } from 'react';
import type { AgentId } from '../lib/ids.ts';
import type { ExperimentDetail } from '../domain/experiment/normalised.ts';
import { Disclosure } from '../ui/Disclosure.tsx';
import { Figure } from '../ui/Figure.tsx';
import { figureNotes, figureSentence, signWords, type FigureNotes } from './shape/caption.ts';
import { gutters } from './shape/geometry.ts';
import {
  figureInput,
  inputWithin,
  visibleAgents,
  type FigureInput,
  type ChartAgent,
} from './shape/figureInput.ts';
import { bestLook, figureModel, type FigureChoice, type FigureModel } from './shape/figureModel.ts';
import { figureTable, type FigureTableRow } from './shape/figureTable.ts';
import { canBeThinned } from './shape/thinning.ts';
import type { MarkTarget } from './shape/panel.ts';
import { Measured } from './PanelStage.tsx';
import { PolicyCostDrawing, type Zoom } from './PolicyCostDrawing.tsx';
import styles from './PolicyCostFigure.module.css';
import { verdicts } from '../domain/experiment/verdict.ts';
import { Glyph } from './Glyph.tsx';
import { AgentsLegend, LegendEntry, LegendSwitch, LineSample } from './FigureLegend.tsx';
const name = 'Policy and cost by iteration';

export interface PolicyCostFigureProps extends FigureChoice {
  readonly detail: ExperimentDetail;
  /** What the file tells of an iteration without a proposal (`noProposalWords`). */
  readonly noProposalIn?: (iteration: number) => string;
  /** Totals of different iterations come from different arrivals: beside the best one it is said. */
  readonly arrivalsDiffer?: boolean | undefined;
  /** Each agent in panels of its own, all on one scale. */
  readonly isSplit?: boolean | undefined;
  /** First and last iteration drawn; left out, all of them. */
  readonly range?: readonly [first: number, last: number] | undefined;
  /** The keyboard or a drag asks for other iterations; undefined is all of them. */
  readonly onRange?: ((range: readonly [first: number, last: number] | undefined) => void) | undefined;
  /** A click on a mark (with its agent) or beside the marks of an iteration (without). */
  readonly onSelect: (target: MarkTarget) => void;
  /** Enter on the mark that the keyboard reached. */
  readonly onActivate: (target: MarkTarget) => void;
  /** Makes the agents of the legend switches; called with all that shall be hidden from then on. */
  readonly onHideAgents?: (hidden: ReadonlySet<AgentId>) => void;
  /** Makes the total a switch beside them; it has a place in the cost panel alone. */
  readonly onToggleTotal?: () => void;
  readonly onToggleBest?: () => void;
  /** Choices of metric, scale and parameter, shown beside "Show as table". */
  readonly controls?: ReactNode;
}

/** The hero figure: policy parameter and cost of every agent over the iterations, with every proposal. */
export function PolicyCostFigure(props: PolicyCostFigureProps) {
  const { detail, parameter, metric, scale, hiddenAgents, selected, noProposalIn } = props;
  const { isSplit = false, range, onRange } = props;
  // Lines over all agents have no place in the panels of one.
  const showTotal = props.showTotal && !isSplit;
  const showBest = props.showBest === true && !isSplit;
  const whole = useMemo(() => figureInput(detail, noProposalIn), [detail, noProposalIn]);
  const [from, to] = range ?? [];
  const input = useMemo(
    () => inputWithin(whole, from === undefined || to === undefined ? undefined : [from, to]),
    [whole, from, to],
  );
  const agents = useMemo(() => visibleAgents(input, hiddenAgents), [input, hiddenAgents]);
  const sentence = useMemo(() => figureSentence(whole), [whole]);
  const table = useMemo(
    () => once(() => ({ ...figureTable(input, agents, parameter), rowKey })),
    [input, agents, parameter],
  );
  // A short experiment is drawn whole, so that a new selection does not make a new model.
  const isThinned = canBeThinned(detail.iterations.length, detail.proposals.length);
  const keptIteration = isThinned ? selected?.iteration : undefined;
  const keptAgent = isThinned ? selected?.agentId : undefined;
  /** As on screen, so on paper. */
  const choice = useMemo(
    () => ({ parameter, metric, scale, hiddenAgents, showTotal, showBest }),
    [parameter, metric, scale, hiddenAgents, showTotal, showBest],
  );
  const model = useMemo(
    () =>
      figureModel(input, {
        ...choice,
        selected:
          keptIteration === undefined
            ? undefined
            : { iteration: keptIteration, ...(keptAgent === undefined ? {} : { agentId: keptAgent }) },
      }),
    [input, choice, keptIteration, keptAgent],
  );
  const { span } = model;
  const [raised, setRaised] = useState<number>();
  const notes = (amountsFit: boolean) => (
    <Notes
      {...figureNotes(model, agents, metric, input.rows, parameter, amountsFit)}
      warning={
        showBest && metric === 'cost' && props.arrivalsDiffer === true
          ? 'Best so far: arrivals differ between iterations, so a lower total need not come from a better policy.'
          : undefined
      }
    />
  );
  return (
    <Figure
      name={name}
      caption={range === undefined ? sentence : `${sentence} Drawn: iterations ${range[0]} to ${range[1]}.`}
      table={table}
      controls={props.controls}
      sheet={async () => {
        const [{ policyCostSheet }, { tableModel }] = await Promise.all([
          import('./export/experimentSheets.ts'),
          import('../ui/export/tableModel.ts'),
        ]);
        const sheetOf = (drawn: FigureInput) => {
          // On paper nothing is selected.
          const onPaper = figureModel(drawn, { ...choice, selected: undefined });
          const seen = visibleAgents(drawn, hiddenAgents);
          const { leftOut, reading } = figureNotes(onPaper, seen, metric, drawn.rows, parameter, true);
          const isPart = drawn.span?.join() !== whole.span?.join();
          const part = isPart && drawn.span !== undefined ? `Iterations ${drawn.span.join(' to ')}. ` : '';
          const words = [part + figureSentence(drawn), ...leftOut, ...reading].join(' ');
          const sheet = policyCostSheet(onPaper, drawn.agents, words);
          const { columns, rows } = figureTable(drawn, seen, parameter);
          return sheet && { sheet, numbers: () => tableModel(columns, rows, 'cents') };
        };
        const shown = sheetOf(input)?.sheet;
        if (shown === undefined || whole.span === undefined || input.span === undefined) return shown;
        const to = (asked: readonly [number, number]) => sheetOf(inputWithin(whole, asked));
        return { ...shown, cut: { ends: whole.span, shown: input.span, to } };
      }}
    >
      <div className={styles.content}>
        {span !== undefined && (
          <>
            <Legend
              agents={input.agents}
              model={model}
              hiddenAgents={hiddenAgents}
              onHideAgents={props.onHideAgents}
              onRaise={setRaised}
              isTotalShown={showTotal}
              isBestShown={showBest}
              onToggleBest={metric === 'cost' && !isSplit ? props.onToggleBest : undefined}
              onToggleTotal={
                metric === 'cost' && !isSplit && input.agents.length > 1 ? props.onToggleTotal : undefined
              }
            />
            <Measured className={styles.measured}>
              {(width) => (
                <>
                  <PolicyCostDrawing
                    {...props}
                    name={name}
                    input={input}
                    agents={agents}
                    model={model}
                    span={span}
                    width={width}
                    raised={raised}
                    isSplit={isSplit}
                    onZoom={(zoom) => onRange?.(zoomed(span, whole.span ?? span, zoom))}
                  />
                  {notes(gutters([model.upper, model.lower], width).amountsFit)}
                </>
              )}
            </Measured>
          </>
        )}
        {span === undefined && notes(false)}
      </div>
    </Figure>
  );
}

const rowKey = (row: FigureTableRow): string => String(row.iteration);

/** The fewest iterations that zooming leaves. */
const fewest = 3;

/** Half or twice as many iterations as now, with the one that is asked for in the middle, or those of a drag; undefined is all of them. */
function zoomed(
  [first, last]: readonly [number, number],
  whole: readonly [number, number],
  zoom: Zoom,
): readonly [number, number] | undefined {
  if (zoom.to === 'all') return undefined;
  const count = last - first + 1;
  const asked =
    zoom.to === 'part' ? zoom.last - zoom.first + 1 : zoom.to === 'closer' ? Math.ceil(count / 2) : count * 2;
  const next = Math.max(fewest, asked);
  if (next >= whole[1] - whole[0] + 1) return undefined;
  const middle = zoom.to === 'part' ? (zoom.first + zoom.last) / 2 : (zoom.at ?? (first + last) / 2);
  const wanted = Math.round(middle - (next - 1) / 2);
  const from = Math.max(whole[0], Math.min(wanted, whole[1] - next + 1));
  return [from, from + next - 1];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** What is left out is always said; how the figure is read, when asked for. */
function Notes({ leftOut, reading, warning }: FigureNotes & { readonly warning: string | undefined }) {
  return (
    <>
      {warning !== undefined && <p className={styles.notes}>{warning}</p>}
      {leftOut.length > 0 && <p className={styles.notes}>{leftOut.join(' ')}</p>}
      {reading.length > 0 && (
        <Disclosure summary="How to read this figure">
          <p className={styles.notes}>{reading.join(' ')}</p>
        </Disclosure>
      )}
    </>
  );
}

interface LegendProps {
  readonly onRaise: (agentIndex: number | undefined) => void;
  readonly agents: readonly ChartAgent[];
  readonly model: FigureModel;
  readonly hiddenAgents: ReadonlySet<AgentId>;
  readonly onHideAgents: ((hidden: ReadonlySet<AgentId>) => void) | undefined;
  readonly isTotalShown: boolean;
  readonly isBestShown: boolean;
  readonly onToggleBest: (() => void) | undefined;
  /** Undefined where no total can be drawn. */
  readonly onToggleTotal: (() => void) | undefined;
}

/** The agents, switches where the caller wants them, and the lines and signs that occur in this drawing. */
function Legend(props: LegendProps) {
  const { agents, model, hiddenAgents, onHideAgents, isTotalShown, onToggleTotal } = props;
  const marks = [...model.upper.marks, ...model.lower.marks];
  const kinds = verdicts.filter((verdict) => marks.some((mark) => mark.kind === verdict));
  const { lines } = model.lower;
  return (
    <AgentsLegend
      agents={agents}
      hiddenAgents={hiddenAgents}
      onHide={onHideAgents}
      onRaise={props.onRaise}
      hasDots
    >
      {onToggleTotal !== undefined && (
        <LegendSwitch
          sample={<LineSample color="var(--ink-2)" />}
          isShown={isTotalShown}
          title={isTotalShown ? 'Hide the total' : 'Show the total over all agents'}
          onToggle={onToggleTotal}
        >
          Total
        </LegendSwitch>
      )}
      {props.onToggleBest !== undefined && (
        <LegendSwitch
          sample={<LineSample color={bestLook.color} dash={bestLook.dash} />}
          isShown={props.isBestShown}
          title={
            props.isBestShown ? 'Hide the best total so far' : 'Show the lowest total up to each iteration'
          }
          onToggle={props.onToggleBest}
        >
          Best so far
        </LegendSwitch>
      )}
      {lines.some((line) => line.role === 'remeasured') && (
        <LegendEntry sample={<LineSample color="var(--ink-2)" dash="4 4" />}>
          re-measured (new samples)
        </LegendEntry>
      )}
      {lines.some((line) => line.points.some((point) => point.interval !== undefined)) && (
        <LegendEntry
          sample={
            <svg width={18} height={12} aria-hidden>
              <rect y={1} width={18} height={10} fill="var(--ink-2)" fillOpacity={0.25} />
            </svg>
          }
        >
          95 % interval
        </LegendEntry>
      )}
      {kinds.map((kind) => (
        <LegendEntry
          key={kind}
          sample={
            <svg width={12} height={12} aria-hidden>
              <Glyph kind={kind} x={6} y={6} radius={4} color="var(--ink-2)" />
            </svg>
          }
        >
          {signWords(kind)}
        </LegendEntry>
      ))}
    </AgentsLegend>
  );
}
