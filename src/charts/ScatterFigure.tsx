import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';

import { verdicts, verdictWords } from '../domain/experiment/verdict.ts';
import { Figure, type FigureTable } from '../ui/Figure.tsx';
import { ColorSample, FigureLegend, LegendEntry } from './FigureLegend.tsx';
import { Glyph } from './Glyph.tsx';
import { Measured, PanelStage } from './PanelStage.tsx';
import { ReadoutCard, type ReadoutBlock } from './ReadoutCard.tsx';
import {
  Axes,
  boxOf,
  ChosenArea,
  height,
  meant,
  pixelsOf,
  Points,
  Rubber,
  shadeOf,
  top,
  type Box,
  type Chosen,
  type Drag,
  type Pixels,
  type PointLook,
} from './ScatterDrawing.tsx';
import styles from './ScatterFigure.module.css';
import { agentStyle } from './shape/agentStyle.ts';
import {
  isCrowded,
  levelWords,
  rowsAt,
  scatterStops,
  valueAlong,
  type ScatterAxis,
  type ScatterModel,
  type Stretch,
} from './shape/scatter.ts';
import { moveAlong, usePointing, type CursorKey } from './usePointing.ts';

/** A rectangle drawn by hand, in values; an axis without one is chosen whole. */
export interface Brush {
  readonly x: Stretch | undefined;
  readonly y: Stretch | 'rail' | undefined;
}

interface ScatterFigureProps<Row> {
  readonly name: string;
  readonly caption: string;
  readonly model: ScatterModel<Row>;
  readonly lookOf: (row: Row) => PointLook;
  /** Names by the place of their colour, for paper. */
  readonly agents: readonly string[];
  /** What is read of the rows at one place. */
  readonly read: (rows: readonly Row[]) => {
    readonly title: string;
    readonly aside?: string | undefined;
    readonly blocks: readonly ReadoutBlock[];
  };
  readonly chosenX: Chosen;
  readonly chosenY: Chosen;
  readonly onBrush: (brush: Brush) => void;
  /** A click or Enter on a point: on what lies at its very place. */
  readonly onPick: (row: Row) => void;
  /** A click beside all points, or Delete. */
  readonly onClear: () => void;
  readonly table: () => FigureTable<Row>;
}

/** Any two columns of a table against each other. A rectangle drawn by hand, a click or a key chooses rows. */
export function ScatterFigure<Row>(props: ScatterFigureProps<Row>) {
  const { name, caption, model, lookOf, agents, table } = props;
  return (
    <Figure
      name={name}
      caption={caption}
      table={table}
      sheet={async () => {
        const { scatterSheet } = await import('./export/tableSheets.ts');
        return scatterSheet({ model, lookOf, agents, caption });
      }}
    >
      <Measured className={undefined}>{(width) => <Drawing {...props} width={width} />}</Measured>
      <Legend model={model} lookOf={lookOf} agents={agents} />
    </Figure>
  );
}

/** So many agents are named; their colours begin anew after eight. */
const mostNamed = 12;

function Legend<Row>({
  model,
  lookOf,
  agents,
}: Pick<ScatterFigureProps<Row>, 'model' | 'lookOf' | 'agents'>) {
  const crowded = isCrowded(model);
  const found = useMemo(
    () => new Set(crowded ? [] : model.rows.map((row) => lookOf(row).verdict)),
    [model, crowded, lookOf],
  );
  if (crowded)
    return (
      <FigureLegend>
        {levelWords.map((words, level) => (
          <LegendEntry
            key={words}
            sample={
              <ColorSample
                color={`color-mix(in srgb, var(--accent) ${100 * shadeOf(level)}%, var(--surface))`}
              />
            }
          >
            {words}
          </LegendEntry>
        ))}
      </FigureLegend>
    );
  return (
    <FigureLegend>
      {agents.slice(0, mostNamed).map((agent, index) => (
        <LegendEntry key={agent} sample={<ColorSample color={agentStyle(index).color} />}>
          {agent}
        </LegendEntry>
      ))}
      {verdicts
        .filter((verdict) => found.has(verdict))
        .map((verdict) => (
          <LegendEntry
            key={verdict}
            sample={
              <svg width={12} height={12} aria-hidden>
                <Glyph kind={verdict} x={6} y={6} radius={3.6} color="var(--ink-2)" />
              </svg>
            }
          >
            {verdictWords[verdict]}
          </LegendEntry>
        ))}
    </FigureLegend>
  );
}

const keys =
  'Left and right arrow keys move over the points by their place across, up and down by their value, Page keys by ten. Enter chooses the rows at the point, Shift and Enter all from there to what is chosen, Delete takes the choice away, Escape leaves.';

/** Pixels within which a point is pointed at. */
const near = 14;
/** A spot is the place of a row in the model. */
function Drawing<Row>(props: ScatterFigureProps<Row> & { readonly width: number }) {
  const { name, model, width, read, chosenX, chosenY, onBrush, onPick, onClear } = props;
  const box = useMemo(() => boxOf(model, width), [model, width]);
  const pixels = useMemo(() => pixelsOf(model, box), [model, box]);
  const [drag, setDrag] = useState<Drag>();
  const stops = useRef<{ readonly of: ScatterModel<Row>; readonly stops: ReturnType<typeof scatterStops> }>(
    undefined,
  );
  // Sorted when a key first asks for them.
  const stopsNow = () => {
    if (stops.current?.of !== model) stops.current = { of: model, stops: scatterStops(model) };
    return stops.current.stops;
  };
  const pick = (spot: number) => {
    const row = model.rows[spot];
    if (row !== undefined) onPick(row);
  };
  const pointing = usePointing<number>({
    move: (from, key) => moveSpot(from, key, stopsNow()),
    isSame: (a, b) => a === b,
    stillThere: (spot) => (spot < model.rows.length ? spot : undefined),
    onActivate: pick,
  });
  const spot = pointing.active?.spot;
  const readout = useMemo(() => {
    if (spot === undefined) return undefined;
    return read(rowsAt(model, spot).flatMap((place) => model.rows[place] ?? []));
  }, [spot, model, read]);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === 'Delete' || event.key === 'Backspace') onClear();
    else if (event.key === 'Enter' && event.shiftKey && spot !== undefined) onBrush(reaching(props, spot));
    else {
      pointing.onKeyDown(event);
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const placeIn = (event: PointerEvent<HTMLElement>): readonly [number, number] => {
    const around = event.currentTarget.getBoundingClientRect();
    return [event.clientX - around.left, event.clientY - around.top];
  };
  const pointAt = (at: readonly [number, number]): void => {
    const nearest = nearestTo(pixels, at);
    if (nearest === undefined) pointing.clear('pointer');
    else pointing.pointAt(nearest);
  };
  const release = (at: readonly [number, number]): void => {
    setDrag(undefined);
    if (drag === undefined) return;
    const brush = brushOf(model, box, { from: drag.from, to: at });
    if (brush !== undefined) {
      onBrush(brush);
      return;
    }
    const nearest = nearestTo(pixels, at);
    if (nearest === undefined) onClear();
    else pick(nearest);
  };
  return (
    <PanelStage
      name={name}
      keys={keys}
      width={width}
      pointing={{ ...pointing, onKeyDown }}
      isOnMark={spot !== undefined}
      readout={
        spot === undefined || readout === undefined || drag !== undefined
          ? undefined
          : {
              x: pixels.x[spot] ?? 0,
              blockCount: readout.blocks.length,
              content: (room) => <ReadoutCard {...readout} room={room} blockWord="proposal" />,
              speech: spoken(readout),
            }
      }
    >
      <div
        className={styles.ground}
        onPointerDown={(event) => {
          if (event.button !== 0) return;
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ from: placeIn(event), to: placeIn(event) });
        }}
        onPointerMove={(event) => {
          if (drag === undefined) pointAt(placeIn(event));
          else setDrag({ ...drag, to: placeIn(event) });
        }}
        onPointerUp={(event) => release(placeIn(event))}
        onPointerCancel={() => setDrag(undefined)}
      >
        <svg width={width} height={height} aria-hidden style={{ display: 'block' }}>
          <ChosenArea box={box} x={chosenX} y={chosenY} />
          <Axes model={model} box={box} />
          <Points model={model} lookOf={props.lookOf} pixels={pixels} />
          {drag !== undefined && <Rubber box={box} drag={drag} />}
          {spot !== undefined && (
            <circle
              cx={pixels.x[spot]}
              cy={pixels.y[spot]}
              r={8}
              fill="none"
              stroke="var(--ink)"
              strokeWidth={1.6}
            />
          )}
        </svg>
      </div>
    </PanelStage>
  );
}

function spoken({ title, aside, blocks }: ReturnType<ScatterFigureProps<never>['read']>): string {
  const facts = blocks.slice(0, 3).map((block) => {
    const words = block.facts.map(({ label, text }) => `${label} ${text}`).join(', ');
    return blocks.length === 1 ? words : `${block.name}: ${words}`;
  });
  return [title, aside, ...facts].filter((part) => part !== undefined && part !== '').join('. ');
}

function moveSpot(
  from: number | undefined,
  key: CursorKey,
  stops: ReturnType<typeof scatterStops>,
): number | undefined {
  const count = stops.byX.length;
  if (count === 0) return undefined;
  if (from !== undefined && (key === 'ArrowUp' || key === 'ArrowDown'))
    return stops.byY[moveAlong(stops.atY(from), key === 'ArrowUp' ? 'ArrowRight' : 'ArrowLeft', count)];
  return stops.byX[moveAlong(from === undefined ? undefined : stops.atX(from), key, count)];
}

function nearestTo({ x, y }: Pixels, [atX, atY]: readonly [number, number]): number | undefined {
  let [found, least]: [number | undefined, number] = [undefined, near * near];
  for (let i = 0; i < x.length; i += 1) {
    const away = ((x[i] ?? 0) - atX) ** 2 + ((y[i] ?? 0) - atY) ** 2;
    if (away < least) [found, least] = [i, away];
  }
  return found;
}

/** The rectangle in values; undefined for a hand that only clicked. */
function brushOf({ x, y }: ScatterModel<unknown>, box: Box, { from, to }: Drag): Brush | undefined {
  const isMeant = [0, 1].map((i) => Math.abs((to[i] ?? 0) - (from[i] ?? 0)) >= meant);
  const [alongX, alongY] = isMeant;
  if (alongX !== true && alongY !== true) return undefined;
  const value = (axis: ScatterAxis, share: number) => valueAlong(axis, Math.max(0, Math.min(1, share)));
  const across = (pixel: number) => value(x, (pixel - box.left) / (box.right - box.left));
  const up = (pixel: number) => value(y, (box.bottom - pixel) / (box.bottom - top));
  const isOnRail = box.railY !== undefined && Math.min(from[1], to[1]) > box.bottom + 2;
  return {
    x: alongX === true ? [across(from[0]), across(to[0])] : undefined,
    y: isOnRail ? 'rail' : alongY === true ? [up(from[1]), up(to[1])] : undefined,
  };
}

/** What is chosen, with the point in it. */
function reaching<Row>({ model, chosenX, chosenY }: ScatterFigureProps<Row>, spot: number): Brush {
  const [x, y] = [model.xs[spot] ?? 0, model.ys[spot] ?? NaN];
  const joined = (chosen: Chosen, value: number): Stretch => {
    const ends = Array.isArray(chosen) ? (chosen as readonly Stretch[]).flat() : [];
    return [Math.min(value, ...ends), Math.max(value, ...ends)];
  };
  return { x: joined(chosenX, x), y: Number.isNaN(y) ? 'rail' : joined(chosenY, y) };
}
