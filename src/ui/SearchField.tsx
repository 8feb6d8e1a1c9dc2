import Search from 'lucide-react/icons/search';
import X from 'lucide-react/icons/x';
import { useRef, type Ref } from 'react';
import styles from './fields.module.css';
import { IconButton } from './IconButton.tsx';

export interface SearchFieldProps {
  /** Accessible name, and the words in the empty field. */
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

/** A field that narrows what is shown; Escape empties it. */
export function SearchField({ label, value, onChange, ref }: SearchFieldProps) {
  const box = useRef<HTMLDivElement>(null);
  const clear = () => {
    onChange('');
    box.current?.querySelector('input')?.focus();
  };
  return (
    <div ref={box} className={styles.search}>
      <Search className={styles.magnifier} size={14} aria-hidden />
      <input
        ref={ref}
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
