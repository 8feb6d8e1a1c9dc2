import { useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent } from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider';

import { ActivityBars } from '../../../charts/run/ActivityBars.tsx';
import type { RunOutline } from '../../../domain/answers/runs.ts';
import styles from './Scrubber.module.css';
import { tickPlace } from './tickWords.ts';

interface ScrubberProps {
  readonly outline: RunOutline;
  readonly dayStarts: readonly number[];
  readonly tick: number;
  readonly onChange: (tick: number) => void;
  readonly onDay: (direction: 1 | -1) => void;
  readonly onPlay: () => void;
}

/** The ticks of the run as a slider over how much happened in each. */
export function Scrubber({ outline, dayStarts, tick, onChange, onDay, onPlay }: ScrubberProps) {
  const { tickCount, ticksPerDay } = outline;
  const input = useRef<HTMLInputElement>(null);
  // The library speaks the bare number.
  useLayoutEffect(() => {
    input.current?.setAttribute('aria-valuetext', `tick ${tick} ${tickPlace(tick, tickCount, ticksPerDay)}`);
  });

  const ownKeys = (event: KeyboardEvent) => {
    if (event.key === ' ') onPlay();
    else if (event.shiftKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight'))
      onDay(event.key === 'ArrowLeft' ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  // The track reaches from the middle of the first bar to the middle of the last; their outer halves count too.
  const pickEdge = (event: MouseEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - box.left) / box.width) * tickCount);
    if (event.target === event.currentTarget) onChange(Math.max(0, Math.min(tickCount - 1, at)));
  };
  const edge = `${50 / tickCount}%`;
  return (
    <div className={styles.frame} onKeyDownCapture={ownKeys} onClick={pickEdge}>
      <ActivityBars buckets={outline.activity} tickCount={tickCount} dayStarts={dayStarts} tick={tick} />
      <Slider
        aria-label="Tick"
        className={styles.slider ?? ''}
        style={{ left: edge, right: edge }}
        minValue={0}
        maxValue={Math.max(1, tickCount - 1)}
        isDisabled={tickCount < 2}
        value={tick}
        onChange={onChange}
      >
        <SliderTrack className={styles.track ?? ''}>
          <SliderThumb className={styles.thumb ?? ''} inputRef={input} />
        </SliderTrack>
      </Slider>
    </div>
  );
}
