import { useEffect, useState } from 'react';

import fields from '../../ui/fields.module.css';

interface IterationFilterProps {
  /** `7` or `3-12`. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

const grammar = /^\d{1,9}(-\d{1,9})?$/;

/** One iteration or a range. What cannot be read yet filters nothing. */
export function IterationFilter({ value, onChange }: IterationFilterProps) {
  const [text, setText] = useState(value ?? '');
  useEffect(() => {
    setText((before) => (readable(before) === value ? before : (value ?? '')));
  }, [value]);
  return (
    <input
      className={fields.control}
      aria-label="Iteration or range, as 3-12"
      placeholder="k, or 3-12"
      inputMode="numeric"
      value={text}
      onChange={(event) => {
        setText(event.target.value);
        const next = readable(event.target.value);
        if (next !== undefined || event.target.value.trim() === '') onChange(next);
      }}
    />
  );
}

function readable(text: string): string | undefined {
  const compact = text.replace(/\s/g, '');
  return grammar.test(compact) ? compact : undefined;
}
