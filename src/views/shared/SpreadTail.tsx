import type { Spread } from '../../domain/compare/spread.ts';
import styles from './SpreadTail.module.css';

interface SpreadTailProps {
  readonly spread: Spread;
  readonly text: (value: number) => string;
}

/** Behind a mean: its deviation without the unit said before it, and how many of all there are where some have none. */
export function SpreadTail({ spread: { deviation, count, absent }, text }: SpreadTailProps) {
  return (
    <>
      {deviation !== undefined && (
        <span className={styles.tail}>
          {' '}
          ± {deviation === 0 ? '0' : text(deviation).replace(/^\$| %$/gu, '')}
        </span>
      )}
      {absent > 0 && (
        <span className={styles.tail}>
          {' '}
          {count} of {count + absent}
        </span>
      )}
    </>
  );
}
