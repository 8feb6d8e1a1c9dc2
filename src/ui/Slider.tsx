import { Label } from 'react-aria-components/Label';
import { Slider as AriaSlider, SliderOutput, SliderThumb, SliderTrack } from 'react-aria-components/Slider';
import styles from './Slider.module.css';

export interface SliderProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** The value in words, seen and spoken: "at most 0.50", "none". */
  readonly words: (value: number) => string;
  readonly onChange: (value: number) => void;
}

/** One number along a line; arrows move it. */
export function Slider({ label, value, min, max, step, words, onChange }: SliderProps) {
  return (
    <AriaSlider
      className={styles.slider ?? ''}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={onChange}
    >
      <Label className={styles.label}>{label}</Label>
      <SliderOutput className={styles.output ?? ''}>{words(value)}</SliderOutput>
      <SliderTrack className={styles.track ?? ''}>
        {({ state }) => (
          <>
            <span className={styles.line} />
            <span className={styles.filled} style={{ width: `${state.getThumbPercent(0) * 100}%` }} />
            <SliderThumb className={styles.thumb ?? ''} aria-valuetext={words(value)} />
          </>
        )}
      </SliderTrack>
    </AriaSlider>
  );
}
