import { memo } from 'react';
import type { ActivityBucket } from '../../domain/answers/runs.ts';
import styles from './ActivityBars.module.css';

interface ActivityBarsProps {
  readonly buckets: readonly ActivityBucket[];
  readonly tickCount: number;
  readonly dayStarts: readonly number[];
  /** Ticks up to this one have happened: their bars are strong. */
  readonly tick: number;
}

/** More day boundaries than this would be a grey field. */
const maxDayLines = 60;
/** Share of a tick's width that a bar takes. */
const barShare = 0.8;

/** How many events each tick has, over the whole width, what is past in colour. */
export function ActivityBars({ buckets, tickCount, dayStarts, tick }: ActivityBarsProps) {
  const past = `inset(0 ${100 - ((tick + 1) / tickCount) * 100}% 0 0)`;
  return (
    <div className={styles.activity} aria-hidden>
      <Bars buckets={buckets} tickCount={tickCount} />
      <div className={styles.past} style={{ clipPath: past }}>
        <Bars buckets={buckets} tickCount={tickCount} />
      </div>
      {dayStarts.length <= maxDayLines &&
        dayStarts.map((start, i) => (
          <span key={start} className={styles.day} style={{ left: `${(start / tickCount) * 100}%` }}>
            {dayStarts.length <= 8 && <span className={styles.dayName}>day {i + 2}</span>}
          </span>
        ))}
    </div>
  );
}

type BarsProps = Pick<ActivityBarsProps, 'buckets' | 'tickCount'>;

/** One path for all bars; drawn once a run. */
const Bars = memo(function Bars({ buckets, tickCount }: BarsProps) {
  const most = Math.max(
    1,
    ...buckets.map(({ events, fromTick, toTick }) => events / (toTick - fromTick + 1)),
  );
  const path = buckets
    .filter(({ events }) => events > 0)
    .map(({ fromTick, toTick, events }) => {
      const ticks = toTick - fromTick + 1;
      const height = Math.max(0.03, events / ticks / most);
      const gap = (ticks * (1 - barShare)) / 2;
      return `M${fromTick + gap} 1V${1 - height}H${toTick + 1 - gap}V1z`;
    })
    .join('');
  return (
    <svg className={styles.bars} viewBox={`0 0 ${tickCount} 1`} preserveAspectRatio="none">
      <path d={path} fill="currentColor" />
    </svg>
  );
});
