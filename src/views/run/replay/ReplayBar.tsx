import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import Pause from 'lucide-react/icons/pause';
import Play from 'lucide-react/icons/play';
import SkipBack from 'lucide-react/icons/skip-back';
import SkipForward from 'lucide-react/icons/skip-forward';
import {
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useDeferredValue,
  useMemo,
  memo,
} from 'react';
import { Slider, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import { RunFigure } from '../../../charts/run/RunFigure.tsx';
import type { RunChartAgent } from '../../../charts/shape/run/runPanel.ts';
import type { RunOutline, RunSeries, ActivityBucket } from '../../../domain/answers/runs.ts';
import { plural } from '../../../lib/format.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { Card } from '../../../ui/Card.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { Select } from '../../../ui/TextField.tsx';
import { ToggleGroup } from '../../../ui/ToggleGroup.tsx';
import { useAddress } from '../../shared/useAddress.ts';
import { runFields } from '../fields.ts';
import styles from './ReplayBar.module.css';
import scrubberStyles from './Scrubber.module.css';
import { tickPlace, speeds, type ReplayControl } from './useReplay.ts';

interface ReplayBarProps {
  readonly outline: RunOutline;
  readonly replay: ReplayControl;
  readonly dayStarts: readonly number[];
  /** Ways to the next event of a kind. */
  readonly jump: ReactNode;
}

const speedOptions = speeds.map((speed) => ({
  value: String(speed),
  label: `${plural(speed, 'tick')} a second`,
}));

/** The controls of the replay: steps, play, the scrubber, where we are. */
export function ReplayBar({ outline, replay, dayStarts, jump }: ReplayBarProps) {
  const { tick, lastTick, playing } = replay;
  const atStart = tick === 0;
  const atEnd = tick === lastTick;
  return (
    <section className={styles.bar} aria-label="Replay">
      <div className={styles.buttons}>
        <IconButton
          variant="secondary"
          label="First tick"
          shortcut="Home"
          icon={<SkipBack size={14} aria-hidden />}
          disabled={atStart}
          onClick={() => replay.goTo(0)}
        />
        <IconButton
          variant="secondary"
          label="Previous tick"
          shortcut="ArrowLeft"
          icon={<ChevronLeft size={16} aria-hidden />}
          disabled={atStart}
          onClick={() => replay.step(-1)}
        />
        <Button
          variant="primary"
          className={styles.play}
          icon={playing ? <Pause size={14} aria-hidden /> : <Play size={14} aria-hidden />}
          aria-keyshortcuts="Space"
          disabled={lastTick === 0}
          onClick={replay.togglePlay}
        >
          {playing ? 'Pause' : 'Play'}
        </Button>
        <IconButton
          variant="secondary"
          label="Next tick"
          shortcut="ArrowRight"
          icon={<ChevronRight size={16} aria-hidden />}
          disabled={atEnd}
          onClick={() => replay.step(1)}
        />
        <IconButton
          variant="secondary"
          label="Last tick"
          shortcut="End"
          icon={<SkipForward size={14} aria-hidden />}
          disabled={atEnd}
          onClick={() => replay.goTo(lastTick)}
        />
      </div>
      <Scrubber
        outline={outline}
        dayStarts={dayStarts}
        tick={tick}
        onChange={replay.goTo}
        onDay={replay.stepDay}
        onPlay={replay.togglePlay}
      />
      <div className={styles.place}>
        <span className={styles.where}>
          <b>tick {tick}</b> {tickPlace(tick, outline.tickCount, outline.ticksPerDay)}
        </span>
        <div className={styles.speed}>
          <Select
            label="Speed"
            hideLabel
            options={speedOptions}
            value={String(replay.speed)}
            onChange={(value) => {
              const speed = speeds.find((known) => String(known) === value);
              if (speed !== undefined) replay.setSpeed(speed);
            }}
          />
        </div>
        {jump}
      </div>
    </section>
  );
}

interface ScrubberProps {
  readonly outline: RunOutline;
  readonly dayStarts: readonly number[];
  readonly tick: number;
  readonly onChange: (tick: number) => void;
  readonly onDay: (direction: 1 | -1) => void;
  readonly onPlay: () => void;
}

/** The ticks of the run as a slider over how much happened in each. */
function Scrubber({ outline, dayStarts, tick, onChange, onDay, onPlay }: ScrubberProps) {
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
    <div className={scrubberStyles.frame} onKeyDownCapture={ownKeys} onClick={pickEdge}>
      <ActivityBars buckets={outline.activity} tickCount={tickCount} dayStarts={dayStarts} tick={tick} />
      <Slider
        aria-label="Tick"
        className={scrubberStyles.slider ?? ''}
        style={{ left: edge, right: edge }}
        minValue={0}
        maxValue={Math.max(1, tickCount - 1)}
        isDisabled={tickCount < 2}
        value={tick}
        onChange={onChange}
      >
        <SliderTrack className={scrubberStyles.track ?? ''}>
          <SliderThumb className={scrubberStyles.thumb ?? ''} inputRef={input} />
        </SliderTrack>
      </Slider>
    </div>
  );
}

interface OverTheRunProps {
  /** undefined: still being read. */
  readonly series: readonly RunSeries[] | undefined;
  readonly agents: readonly RunChartAgent[];
  readonly tickCount: number;
  readonly dayStarts: readonly number[];
  readonly replay: ReplayControl;
}

const nobody: ReadonlySet<string> = new Set();

/** The charts under the replay; agents can be left out, which the address keeps. */
export function OverTheRun({ series, agents, tickCount, dayStarts, replay }: OverTheRunProps) {
  const { search, patch } = useAddress(runFields);
  const hidden = useMemo(() => (search.hide === undefined ? nobody : new Set(search.hide)), [search.hide]);
  // The choice answers at once, the drawing a moment later.
  const drawn = useDeferredValue(series);
  const byComponent = search.costs === 'component';
  return (
    <Card
      title="Time series"
      padded
      actions={
        <ToggleGroup
          label="Costs of the time series"
          value={byComponent ? 'component' : 'all'}
          choices={[
            { value: 'all', label: 'Total' },
            { value: 'component', label: 'By component' },
          ]}
          onChange={(value) => patch({ costs: value === 'component' ? value : undefined })}
        />
      }
    >
      {drawn === undefined ? (
        <ProgressBar doing="Reading balances, queues and costs" />
      ) : (
        <RunFigure
          series={drawn}
          agents={agents}
          hiddenAgents={hidden}
          tickCount={tickCount}
          dayStarts={dayStarts}
          tick={replay.tick}
          onPickTick={replay.goTo}
          onHideAgents={(next) => patch({ hide: next.size === 0 ? undefined : [...next] })}
        />
      )}
    </Card>
  );
}

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
function ActivityBars({ buckets, tickCount, dayStarts, tick }: ActivityBarsProps) {
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
