import { memo } from 'react';
import type { MarkKind } from './shape/panel.ts';

interface GlyphProps {
  readonly kind: MarkKind;
  readonly x: number;
  readonly y: number;
  readonly color: string;
  /** Half the extent, in pixels. */
  readonly radius: number;
}

/** A sign whose shape alone says the verdict: filled dot, cross, hollow triangle, ring, bar. */
export const Glyph = memo(function Glyph({ kind, x, y, color, radius: r }: GlyphProps) {
  switch (kind) {
    case 'policy':
    case 'accepted':
      return <circle cx={x} cy={y} r={r} fill={color} />;
    case 'rejected':
      return (
        <path
          d={`M${x - r} ${y - r}l${2 * r} ${2 * r}m0 ${-2 * r}l${-2 * r} ${2 * r}`}
          stroke={color}
          strokeWidth={1.8}
          fill="none"
        />
      );
    case 'invalid':
      return (
        <path
          d={`M${x} ${y - r * 1.2}l${r * 1.2} ${r * 2.15}h${-2.4 * r}z`}
          fill="var(--surface)"
          stroke={color}
          strokeWidth={1.5}
          strokeLinejoin="round"
        />
      );
    case 'pending':
      return <circle cx={x} cy={y} r={r + 1} fill="none" stroke={color} strokeWidth={1.6} />;
    case 'no_change':
      return <path d={`M${x - r} ${y}h${2 * r}`} stroke={color} strokeWidth={2.4} />;
  }
});
