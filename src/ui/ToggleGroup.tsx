import { useId, type ReactNode } from 'react';

import styles from './ToggleGroup.module.css';
import { VisuallyHidden } from './VisuallyHidden.tsx';

interface ToggleChoice<Value extends string> {
  readonly value: Value;
  readonly label: ReactNode;
  /** Offered but not to be had, and why: shown on hover, spoken with the choice. */
  readonly disabledReason?: string | undefined;
}

interface ToggleGroupProps<Value extends string> {
  /** Accessible name of the group. */
  readonly label: string;
  readonly choices: readonly ToggleChoice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One choice out of a few, side by side. Native radio buttons: one tab stop, arrows choose. */
export function ToggleGroup<Value extends string>(props: ToggleGroupProps<Value>) {
  const { label, choices, value, onChange } = props;
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.group}>
      {choices.map((choice) => {
        const reasonId = `${name}-${choice.value}`;
        const disabled = choice.disabledReason !== undefined;
        return (
          <label key={choice.value} className={styles.choice} title={choice.disabledReason}>
            <input
              type="radio"
              className={styles.input}
              name={name}
              value={choice.value}
              checked={choice.value === value}
              disabled={disabled}
              aria-describedby={disabled ? reasonId : undefined}
              onChange={() => onChange(choice.value)}
            />
            <span className={styles.words}>{choice.label}</span>
            {disabled && (
              <VisuallyHidden id={reasonId} aria-hidden>
                {choice.disabledReason}
              </VisuallyHidden>
            )}
          </label>
        );
      })}
    </div>
  );
}

/** A group of choices under its name. */
export function Named({ words, children }: { readonly words: string; readonly children: ReactNode }) {
  return (
    <div className={styles.named}>
      <span aria-hidden>{words}</span>
      {children}
    </div>
  );
}

interface BoxProps {
  readonly words: string;
  readonly isOn: boolean;
  readonly onToggle: () => void;
}

/** One thing to show or not. */
export function Checkbox({ words, isOn, onToggle }: BoxProps) {
  return (
    <label>
      <input type="checkbox" checked={isOn} onChange={onToggle} /> {words}
    </label>
  );
}
