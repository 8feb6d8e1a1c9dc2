import { useMemo } from 'react';
import type { ChartAgent } from './shape/agents.ts';
import type { FigureModel } from './shape/figureModel.ts';
import { gutters, panelBox } from './shape/geometry.ts';
import type { PanelModel } from './shape/panel.ts';
import { placeMarks } from './shape/placed.ts';
import { figureStops } from './shape/stops.ts';

/** Heights of the plots, without axis and rails. */
const upperHeight = 124;
const lowerHeight = 216;

/** Boxes, marks in pixels and keyboard stops of a model at a width. */
export function useFigureLayout(
  model: FigureModel,
  agents: readonly ChartAgent[],
  span: readonly [number, number],
  width: number,
) {
  const layout = useMemo(() => {
    const side = gutters([model.upper, model.lower], width);
    const placeIn = (panel: PanelModel, plotHeight: number, withAxis: boolean) => {
      const box = panelBox(panel, width, plotHeight, side, withAxis);
      return { panel, box, placed: placeMarks(panel, box, span) };
    };
    // The axis is written once, under the lowest panel that draws.
    const lowerDraws = model.lower.emptyText === undefined;
    return {
      side,
      upper: placeIn(model.upper, upperHeight, !lowerDraws),
      lower: placeIn(model.lower, lowerHeight, true),
    };
  }, [model, span, width]);
  const stops = useMemo(() => figureStops(model, agents), [model, agents]);
  return { ...layout, stops };
}
