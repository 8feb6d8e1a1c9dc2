import { useMemo } from 'react';

import { ChartPanel } from './ChartPanel.tsx';
import styles from './LinePanels.module.css';
import type { PanelLayout } from './PanelFrame.tsx';
import { PanelStage } from './PanelStage.tsx';
import { ReadoutCard, type ReadoutBlock } from './ReadoutCard.tsx';
import { gutters, panelBox, xOf } from './shape/geometry.ts';
import type { PanelModel } from './shape/panel.ts';
import { placeMarks } from './shape/placed.ts';
import type { ReadoutFact } from './shape/readout.ts';
import { type Stop, useActiveMark } from './usePointing.ts';

interface LinePanelsProps {
  /** The figure's name. */
  readonly name: string;
  readonly panels: readonly PanelModel[];
  /** First and last place of the axis, which all panels share. */
  readonly span: readonly [number, number];
  /** Places that can be read, in order. */
  readonly places: readonly number[];
  /** What the axis counts: `Iteration`. */
  readonly axis: string;
  readonly plotHeight: number;
  /** Panels beside one another as far as they have this width; under one another where it is left out. */
  readonly panelWidth?: number | undefined;
  readonly readout: (place: number) => readonly ReadoutBlock[];
  /** What a block of the readout is one of. */
  readonly blockWord: string;
  readonly width: number;
}

const gap = 16;
const nothing = (): void => undefined;

/** Panels of lines over one axis of whole numbers, with one cursor and one readout for all of them. */
export function LinePanels(props: LinePanelsProps) {
  const { panels, span, places, width, panelWidth, plotHeight, axis } = props;
  const stops = useMemo(() => places.map((iteration): Stop => ({ iteration, marks: [] })), [places]);
  const columns =
    panelWidth === undefined
      ? 1
      : Math.max(1, Math.min(panels.length, Math.floor((width + gap) / (panelWidth + gap))));
  const own = Math.floor((width - gap * (columns - 1)) / columns);
  const { side, layouts } = useMemo(() => {
    const widths = gutters(panels, own);
    return {
      side: widths,
      layouts: panels.map((panel): PanelLayout => {
        const box = panelBox(panel, own, plotHeight, widths, true);
        return { panel, box, placed: placeMarks(panel, box, span) };
      }),
    };
  }, [panels, own, plotHeight, span]);
  const pointing = useActiveMark({ stops, selected: undefined, onActivate: nothing });
  const active = pointing.active?.spot.iteration;
  const blocks = active === undefined ? [] : props.readout(active);
  const box = layouts[0]?.box;
  return (
    <>
      <PanelStage
        name={props.name}
        keys={keys}
        width={width}
        pointing={pointing}
        readout={
          active === undefined || box === undefined
            ? undefined
            : {
                x: xOf(box, span, active),
                blockCount: columns > 1 ? Math.max(blocks.length, 4) : blocks.length,
                content: (room) => (
                  <ReadoutCard
                    title={`${axis} ${active}`}
                    blocks={blocks}
                    room={room}
                    blockWord={props.blockWord}
                  />
                ),
                speech: `${axis} ${active}. ${blocks.map(spoken).join('. ')}.`,
              }
        }
      >
        <div className={styles.panels} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}>
          {layouts.map((layout, index) => (
            <div key={index}>
              <ChartPanel
                layout={layout}
                side={side}
                span={span}
                stops={stops}
                active={active}
                selected={undefined}
                rings={[]}
                isFocus={pointing.active?.by === 'keyboard'}
                onPoint={({ iteration }) => pointing.pointAt({ iteration, mark: undefined })}
                onPick={nothing}
              />
            </div>
          ))}
        </div>
      </PanelStage>
      <div className={styles.axis} aria-hidden>
        {axis}
      </div>
    </>
  );
}

const keys =
  'Left and right arrow keys move along the axis, Page keys by ten, Home and End to the first and last place. Escape leaves.';

const spoken = ({ name, facts }: ReadoutBlock): string => `${name}: ${facts.map(factWords).join(', ')}`;
const factWords = ({ label, text }: ReadoutFact): string => `${label} ${text}`;
