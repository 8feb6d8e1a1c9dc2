import { useId } from 'react';
import { cx } from './cx.ts';
import styles from './fields.module.css';

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onEnter?: (() => void) | undefined;
  readonly type?: 'text' | 'url' | 'number' | undefined;
  readonly placeholder?: string | undefined;
  readonly note?: string | undefined;
  /** Says what is wrong and how to put it right. */
  readonly error?: string | undefined;
  /** Lines of text instead of one. */
  readonly rows?: number | undefined;
  readonly disabled?: boolean | undefined;
}

/** A labelled line, or box, of text. */
export function TextField(props: TextFieldProps) {
  const { label, value, onChange, onEnter, type = 'text', placeholder, note, error, rows, disabled } = props;
  const id = useId();
  const described = cx(note !== undefined && `${id}-note`, error !== undefined && `${id}-error`);
  const common = {
    id,
    className: styles.control,
    value,
    placeholder,
    disabled,
    spellCheck: false,
    'aria-invalid': error !== undefined,
    'aria-describedby': described === '' ? undefined : described,
  };
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {rows === undefined ? (
        <input
          {...common}
          type={type}
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') onEnter?.();
          }}
        />
      ) : (
        <textarea {...common} rows={rows} onChange={(event) => onChange(event.target.value)} />
      )}
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
