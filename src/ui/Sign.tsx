import { memo } from 'react';

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
