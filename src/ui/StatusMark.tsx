import { type ReactNode, memo } from 'react';

import styles from './StatusMark.module.css';
import { cx } from './cx.ts';

/** How something stands: a shape and a tone, so that it is told without colour too, and its word. */
export interface Status {
  readonly shape: SignShape;
  readonly tone: 'accepted' | 'rejected' | 'invalid' | 'warning' | 'quiet' | 'plain';
  readonly word: string;
}

/** Of a size to the eye: a cross or a ring of the dot's radius looks larger. */
const radii: Readonly<Record<SignShape, number>> = {
  dot: 4,
  cross: 3.5,
  triangle: 3.6,
  ring: 3.6,
  bar: 4,
  fork: 4,
  question: 4,
};

/** One word of how something stands, with its sign before it. `children` says more, quietly. */
export function StatusMark({ status, children }: { status: Status; children?: ReactNode }) {
  const { shape, tone, word } = status;
  return (
    <span className={cx(styles.mark, styles[tone])}>
      <StatusSign shape={shape} />
      {word}
      {children !== undefined && <span className={styles.more}>{children}</span>}
    </span>
  );
}

interface StatusSignProps {
  readonly shape: SignShape;
  /** Pixels. */
  readonly size?: number;
  readonly className?: string | undefined;
}

/** The sign by itself, in the colour of the text around it. */
export function StatusSign({ shape, size = 10, className }: StatusSignProps) {
  return (
    <svg className={className} width={size} height={size} viewBox="0 0 10 10" aria-hidden>
      <Sign shape={shape} x={5} y={5} radius={radii[shape]} color="currentColor" />
    </svg>
  );
}

/** Shapes that differ without colour. */
export type SignShape = 'dot' | 'cross' | 'triangle' | 'ring' | 'bar' | 'fork' | 'question';

interface SignProps {
  readonly shape: SignShape;
  readonly x: number;
  readonly y: number;
  /** Half the extent, in pixels. */
  readonly radius: number;
  readonly color: string;
  /** Inside a hollow triangle: what would otherwise be seen through it. */
  readonly ground?: string;
  /** Finer strokes, where many small signs stand close. */
  readonly thin?: boolean;
}

/** One sign inside an SVG: in a mark beside its word, in a legend, in a figure. */
export const Sign = memo(function Sign({
  shape,
  x,
  y,
  radius: r,
  color,
  ground = 'none',
  thin = false,
}: SignProps) {
  switch (shape) {
    case 'dot':
      return <circle cx={x} cy={y} r={r} fill={color} />;
    case 'cross':
      return (
        <path
          d={`M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`}
          stroke={color}
          strokeWidth={thin ? 1.3 : 1.8}
          fill="none"
        />
      );
    case 'triangle':
      return (
        <path
          d={`M${x} ${y - r * 1.2}l${r * 1.2} ${r * 2.15}h${-2.4 * r}z`}
          fill={ground}
          stroke={color}
          strokeWidth={1.5}
          strokeLinejoin="round"
        />
      );
    case 'ring':
      return <circle cx={x} cy={y} r={r} fill="none" stroke={color} strokeWidth={thin ? 1.2 : 1.6} />;
    case 'bar':
      return <path d={`M${x - r} ${y}h${2 * r}`} stroke={color} strokeWidth={2.4} />;
    case 'question':
      return (
        <path
          d="M-2.4-1.8a2.4 2.4 0 1 1 3.5 2.1L0 1v.9m0 1.3v1"
          transform={`translate(${x} ${y}) scale(${r / 4})`}
          fill="none"
          stroke={color}
          strokeWidth={1.5}
        />
      );
    case 'fork':
      return (
        <path
          d={`M${x - r} ${y}h${r}l${r} ${-r}M${x} ${y}l${r} ${r}`}
          fill="none"
          stroke={color}
          strokeWidth={1.6}
        />
      );
  }
});
