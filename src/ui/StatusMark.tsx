import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import { Sign, type SignShape } from './Sign.tsx';
import styles from './StatusMark.module.css';

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
