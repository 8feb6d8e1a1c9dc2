import { Sign } from '../ui/StatusMark.tsx';
import type { MarkKind } from './shape/panel.ts';
import { verdictStatuses } from './verdictStatuses.ts';

interface GlyphProps {
  readonly kind: MarkKind;
  readonly x: number;
  readonly y: number;
  readonly color: string;
  /** Half the extent, in pixels. */
  readonly radius: number;
}

/** The sign of a mark. Its shape alone says the verdict; an open ring is a little larger than what it stands for. */
export function Glyph({ kind, radius, ...place }: GlyphProps) {
  return (
    <Sign
      shape={kind === 'policy' ? 'dot' : verdictStatuses[kind].shape}
      radius={kind === 'pending' ? radius + 1 : radius}
      ground="var(--surface)"
      {...place}
    />
  );
}
