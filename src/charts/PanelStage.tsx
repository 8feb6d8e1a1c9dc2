import { useId, useLayoutEffect, useRef, type ReactNode, useState } from 'react';

import { VisuallyHidden } from '../ui/VisuallyHidden.tsx';
import styles from './PanelStage.module.css';
import type { Pointing } from './usePointing.ts';

interface StageReadout {
  /** Pixels from the stage's left edge to what is pointed at. */
  readonly x: number;
  /** Blocks beside or under one another; a great many go under the drawing. */
  readonly blockCount: number;
  /** Several blocks may stand beside what is pointed at, all but the one pointed at in brief. */
  readonly mayBeBrief?: boolean;
  readonly content: (room: ReadoutRoom) => ReactNode;
  /** The same in words, for the live region when the keyboard brought it up. */
  readonly speech: string | undefined;
}

interface PanelStageProps {
  /** The figure's name. */
  readonly name: string;
  /** Which keys do what, in words. */
  readonly keys: string;
  readonly width: number;
  readonly pointing: Pick<Pointing<unknown>, 'active' | 'onKeyDown' | 'clear'>;
  /** Whether a click where the pointer is chooses a mark. */
  readonly isOnMark?: boolean;
  readonly readout: StageReadout | undefined;
  /** The panels. */
  readonly children: ReactNode;
}

/** The panels of a figure under one pointer and one keyboard cursor, with one readout of exact values. */
export function PanelStage({ name, keys, width, pointing, readout, ...rest }: PanelStageProps) {
  const { active, onKeyDown, clear } = pointing;
  const stage = useRef<HTMLDivElement>(null);
  const card = useRef<HTMLDivElement>(null);
  const pointerY = useRef<number>(undefined);
  const keysId = useId();
  const place =
    readout === undefined
      ? undefined
      : readoutPlace(width, readout.x, readout.blockCount, readout.mayBeBrief);
  const isBelow = place?.isBelow === true;
  const isShown = place !== undefined;

  const putInWindow = (): void => {
    if (stage.current === null || card.current === null) return;
    const around = stage.current.getBoundingClientRect();
    const { height } = card.current.getBoundingClientRect();
    const top = topInWindow({
      wanted: isBelow ? around.bottom : around.top,
      height,
      ...windowEdges(),
      // Beside its iteration or tick it hides nothing that is pointed at.
      pointerY: isBelow && active?.by === 'pointer' ? pointerY.current : undefined,
    });
    card.current.style.top = `${Math.round(top - around.top)}px`;
  };
  // Before each painting: what is read, and so its height, may be another.
  useLayoutEffect(putInWindow);
  useLayoutEffect(() => {
    if (!isShown) return undefined;
    window.addEventListener('scroll', putInWindow, { capture: true, passive: true });
    return () => window.removeEventListener('scroll', putInWindow, { capture: true });
  });

  return (
    <div
      ref={stage}
      className={styles.stage}
      // Arrow keys must reach the figure also while a screen reader is reading.
      role="application"
      aria-roledescription="chart"
      aria-label={name}
      aria-describedby={keysId}
      tabIndex={0}
      data-on-mark={rest.isOnMark === true}
      onKeyDown={onKeyDown}
      onBlur={() => clear('keyboard')}
      onPointerMoveCapture={(event) => {
        pointerY.current = event.clientY;
      }}
      onPointerLeave={() => clear('pointer')}
    >
      {rest.children}
      {readout !== undefined && place !== undefined && (
        <div
          ref={card}
          className={styles.readout}
          style={{ left: place.left, width: place.width }}
          // Spoken by the live region below.
          aria-hidden
          data-readout
        >
          {readout.content({ columns: place.columns, height: roomInWindow(), isBrief: place.isBrief })}
        </div>
      )}
      <VisuallyHidden id={keysId}>{keys}</VisuallyHidden>
      <VisuallyHidden role="status">{active?.by === 'keyboard' && readout?.speech}</VisuallyHidden>
    </div>
  );
}

/** What a readout may fill. */
export interface ReadoutRoom {
  readonly columns: number;
  /** Pixels of the window. */
  readonly height: number;
  /** Only the block that is pointed at has all its facts. */
  readonly isBrief?: boolean;
}

/** Where the readout stands: beside the iteration or tick, or under a drawing that is narrow or has many blocks. */
interface ReadoutPlace {
  readonly left: number;
  readonly width: number;
  readonly columns: number;
  readonly isBelow: boolean;
  readonly isBrief: boolean;
}

const columnWidth = 264;
const frame = 26;
const gap = 18;
const narrow = 560;
/** More blocks than this in one column would be taller than the drawing. */
const mostBeside = 3;
/** So many where most are brief. */
const mostInBrief = 8;

export function readoutPlace(width: number, x: number, blockCount: number, mayBeBrief = false): ReadoutPlace {
  if (width < narrow || blockCount > (mayBeBrief ? mostInBrief : mostBeside)) {
    const fitting = Math.max(1, Math.floor((width - frame) / columnWidth));
    return {
      left: 0,
      width,
      columns: Math.min(fitting, Math.max(1, blockCount)),
      isBelow: true,
      isBrief: false,
    };
  }
  const own = columnWidth + frame;
  const right = x + gap;
  const left = right + own <= width ? right : x - gap - own;
  return {
    left: Math.max(0, left),
    width: own,
    columns: 1,
    isBelow: false,
    isBrief: blockCount > mostBeside,
  };
}

interface WindowEdges {
  /** Upper and lower edge of what is in sight, in pixels of the window. */
  readonly roof: number;
  readonly floor: number;
}

const margin = 8;

/** The bar at the top stays in sight and lies over everything. */
function windowEdges(): WindowEdges {
  const bar = document.querySelector('header')?.getBoundingClientRect().bottom ?? 0;
  return { roof: Math.max(0, bar) + margin, floor: window.innerHeight - margin };
}

function roomInWindow(): number {
  const { roof, floor } = windowEdges();
  return floor - roof;
}

interface WantedTop extends WindowEdges {
  readonly wanted: number;
  readonly height: number;
  /** Not to be covered, where that can be helped. */
  readonly pointerY: number | undefined;
}

/** The readout's upper edge in the window: as wanted where it is whole there, else moved into sight. */
export function topInWindow({ wanted, height, roof, floor, pointerY }: WantedTop): number {
  const moved = Math.max(roof, Math.min(wanted, floor - height));
  if (pointerY === undefined || pointerY < moved - gap || pointerY > moved + height + gap) return moved;
  const above = pointerY - gap - height;
  if (above >= roof) return above;
  const below = pointerY + gap;
  return below + height <= floor ? below : moved;
}

/** Used where nothing has a layout (a test, a page not yet shown). */
const widthWithoutLayout = 720;

interface MeasuredProps {
  readonly className: string | undefined;
  readonly children: (width: number) => ReactNode;
}

/** Draws its content to the width it has: measured before the first paint, and followed. */
export function Measured({ className, children }: MeasuredProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.floor(element.clientWidth) || widthWithoutLayout);
    measure();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div className={className} ref={frame}>
      {width !== undefined && children(width)}
    </div>
  );
}
