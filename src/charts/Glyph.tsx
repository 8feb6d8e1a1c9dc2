import { Sign, type SignShape } from '../ui/Sign.tsx';
import type { MarkKind } from './shape/panel.ts';

interface GlyphProps {
  readonly kind: MarkKind;
  readonly x: number;
  readonly y: number;
  readonly color: string;
  /** Half the extent, in pixels. */
  readonly radius: number;
}

const shapes: Readonly<Record<MarkKind, SignShape>> = {
  policy: 'dot',
  accepted: 'dot',
  rejected: 'cross',
  invalid: 'triangle',
  pending: 'ring',
  no_change: 'bar',
};

/** The sign of a mark. Its shape alone says the verdict; an open ring is a little larger than what it stands for. */
export function Glyph({ kind, radius, ...place }: GlyphProps) {
  return (
    <Sign
      shape={shapes[kind]}
      radius={kind === 'pending' ? radius + 1 : radius}
      ground="var(--surface)"
      {...place}
    />
  );
}
