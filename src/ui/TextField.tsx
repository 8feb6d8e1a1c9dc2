import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { useId, useRef } from 'react';

import { IconButton } from './Button.tsx';
import { cx } from './cx.ts';
import styles from './fields.module.css';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter?: (() => void) | undefined;
  readonly type?: 'text' | 'url' | 'number' | undefined;
  readonly placeholder?: string | undefined;
  readonly note?: string | undefined;
  /** Says what is wrong and how to put it right. */
  readonly error?: string | undefined;
}

/** A labelled line of text. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, onEnter, type = 'text', placeholder, note, error } = props;
  const id = useId();
  const described = cx(note !== undefined && `${id}-note`, error !== undefined && `${id}-error`);
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type={type}
        className={styles.control}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={described === '' ? undefined : described}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') onEnter?.();
        }}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={styles.note}>
          {note}
        </p>
      )}
      {error !== undefined && (
        <p id={`${id}-error`} className={styles.error}>
          {error}
        </p>
      )}
    </div>
  );
}

interface SearchFieldProps {
  /** Accessible name, and the words in the empty field. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A field that narrows what is shown; Escape empties it. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const box = useRef<HTMLDivElement>(null);
  const clear = () => {
    onChange('');
    box.current?.querySelector('input')?.focus();
  };
  return (
    <div ref={box} className={styles.search}>
      <Search className={styles.magnifier} size={14} aria-hidden />
      <input
        type="search"
        className={styles.control}
        aria-label={label}
        placeholder={label}
        spellCheck={false}
        autoComplete="off"
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || value === '') return;
          event.preventDefault();
          onChange('');
        }}
      />
      {value !== '' && (
        <IconButton
          className={styles.clear}
          size="small"
          label="Clear search"
          icon={<X size={14} aria-hidden />}
          onClick={clear}
        />
      )}
    </div>
  );
}

interface SelectOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly disabled?: boolean | undefined;
}

interface SelectProps<Value extends string> {
  readonly label: string;
  /** The label is spoken only; the neighbours say what is chosen. */
  readonly hideLabel?: boolean | undefined;
  readonly options: readonly SelectOption<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One choice out of many: the native list, which every keyboard, phone and screen reader knows. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, hideLabel = false, options, value, onChange } = props;
  const id = useId();
  return (
    <div className={styles.field}>
      {!hideLabel && (
        <label className={styles.label} htmlFor={id}>
          {label}
        </label>
      )}
      <select
        id={id}
        className={styles.control}
        aria-label={hideLabel ? label : undefined}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
