import { verdictWords, type Verdict } from '../domain/experiment/verdict.ts';
import { Sign, type Status } from '../ui/StatusMark.tsx';
import type { MarkKind } from './shape/panel.ts';
/** How a verdict is marked everywhere, beside its word and in figures. */
export const verdictStatuses: Readonly<Record<Verdict, Status>> = {
  accepted: { shape: 'dot', tone: 'accepted', word: verdictWords.accepted },
  rejected: { shape: 'cross', tone: 'rejected', word: verdictWords.rejected },
  invalid: { shape: 'triangle', tone: 'invalid', word: verdictWords.invalid },
  pending: { shape: 'ring', tone: 'quiet', word: verdictWords.pending },
  no_change: { shape: 'bar', tone: 'quiet', word: verdictWords.no_change },
};

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
