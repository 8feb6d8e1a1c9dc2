import { useId } from 'react';
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import type { ChartAgent } from './shape/agents.ts';
import { emphasisOf, ringPoints } from './shape/emphasis.ts';
import type { FigureInput } from './shape/figureInput.ts';
import type { FigureModel } from './shape/figureModel.ts';
import { xOf } from './shape/geometry.ts';
import { readoutOf } from './shape/readout.ts';
import { readoutPlace } from './shape/readoutPlace.ts';
import { speechFor } from './shape/speech.ts';
import type { MarkTarget } from './shape/target.ts';
import { ChartPanel, type PanelLayout } from './ChartPanel.tsx';
import styles from './PolicyCostFigure.module.css';
import { ReadoutCard } from './ReadoutCard.tsx';
import { targetOf, useActiveMark } from './useActiveMark.ts';
import { useFigureLayout } from './useFigureLayout.ts';

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
}

const keys =
  'Left and right arrow keys move over the iterations, up and down over policies and proposals of an iteration, Home and End to the first and last. Enter opens, Escape leaves.';

/** Both panels under one pointer and one keyboard cursor. */
export function PolicyCostDrawing(props: PolicyCostDrawingProps) {
  const { input, agents, span, width, selected, onSelect, onActivate } = props;
  const { upper, lower, side, stops } = useFigureLayout(props.model, agents, span, width);
  const { active, onKeyDown, pointAt, clear } = useActiveMark({ stops, selected, onActivate });
  const keysId = useId();

  const readout =
    active === undefined ? undefined : readoutOf(input, agents, active.iteration, props.parameter);
  const emphasis = emphasisOf(active, selected);
  const isFocus = active?.by === 'keyboard';
  const place = readoutPlace(
    width,
    active === undefined ? 0 : xOf(lower.box, span, active.iteration),
    agents.length,
  );
  const panelOf = (layout: PanelLayout) => (
    <ChartPanel
      {...layout}
      side={side}
      span={span}
      stops={stops}
      active={active?.iteration}
      selected={selected?.iteration}
      rings={emphasis === undefined ? [] : ringPoints(emphasis, layout, span, agents)}
      isFocus={isFocus}
      onPoint={pointAt}
      onPick={(pointed) => onSelect(targetOf(pointed))}
    />
  );
  return (
    <div
      className={styles.stage}
      // Arrow keys must reach the figure also while a screen reader is reading.
      role="application"
      aria-roledescription="chart"
      aria-label={props.name}
      aria-describedby={keysId}
      tabIndex={0}
      data-on-mark={active?.by === 'pointer' && active.mark !== undefined}
      onKeyDown={onKeyDown}
      onBlur={() => clear('keyboard')}
      onPointerLeave={() => clear('pointer')}
    >
      {panelOf(upper)}
      {panelOf(lower)}
      {readout !== undefined && (
        <div
          className={styles.readout}
          style={{ left: place.left, width: place.width, top: place.isBelow ? '100%' : 0 }}
          // Spoken by the live region below, mark by mark.
          aria-hidden
        >
          <ReadoutCard readout={readout} mark={active?.mark} columns={place.columns} />
        </div>
      )}
      <VisuallyHidden id={keysId}>{keys}</VisuallyHidden>
      <VisuallyHidden role="status">
        {isFocus && readout !== undefined && active.mark !== undefined && speechFor(readout, active.mark)}
      </VisuallyHidden>
    </div>
  );
}
