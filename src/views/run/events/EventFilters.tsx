import { useEffect, useState } from 'react';

import { formatCount } from '../../../lib/format.ts';
import type { RunOutline } from '../../../domain/answers/runs.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select, TextField } from '../../../ui/TextField.tsx';
import styles from './EventFilters.module.css';
import { eventTitle } from '../../../domain/events.ts';
import type { EventFilterState } from './useEventFilter.ts';

interface EventFiltersProps {
  readonly outline: RunOutline;
  readonly state: EventFilterState;
}

/** Type, bank, payment, ticks and text that the events are narrowed to. */
export function EventFilters({ outline, state }: EventFiltersProps) {
  const { fields, set } = state;
  const chosen = new Set(fields.type);
  const toggle = (type: string) => {
    if (!chosen.delete(type)) chosen.add(type);
    set({ type: chosen.size === 0 ? undefined : [...chosen] });
  };
  return (
    <div className={styles.panel}>
      <fieldset className={styles.types}>
        <legend>Types</legend>
        {[...outline.eventTypes].map(([type, count]) => (
          <label key={type} className={styles.type} title={type}>
            <input type="checkbox" checked={chosen.has(type)} onChange={() => toggle(type)} />
            <span className={styles.kind}>{eventTitle(type)}</span>
            <span className={styles.count}>{formatCount(count)}</span>
          </label>
        ))}
      </fieldset>
      <div className={styles.fields}>
        <Select
          label="Bank"
          value={fields.agent ?? ''}
          options={[
            { value: '', label: 'any bank' },
            ...outline.agents.map((agent) => ({ value: String(agent), label: agent })),
          ]}
          onChange={(agent) => set({ agent: agent === '' ? undefined : agent })}
        />
        <Typed
          label="From tick"
          type="number"
          value={fields.from}
          onRest={(text) => set({ from: tickOf(text) })}
        />
        <Typed label="To tick" type="number" value={fields.to} onRest={(text) => set({ to: tickOf(text) })} />
        <Typed label="Payment id" value={fields.tx} onRest={(text) => set({ tx: wordOf(text) })} />
        <Typed label="Text" value={fields.q} onRest={(text) => set({ q: wordOf(text)?.slice(0, 200) })} />
        <Button size="small" onClick={state.clear} aria-disabled={!state.isActive}>
          Show all
        </Button>
      </div>
    </div>
  );
}

const wordOf = (text: string): string | undefined => (text.trim() === '' ? undefined : text.trim());
const tickOf = (text: string): number | undefined =>
  /^\d{1,9}$/.test(text.trim()) ? Number(text) : undefined;

/** While somebody types nothing is asked. */
const RESTING_MS = 300;

interface TypedProps {
  readonly label: string;
  readonly type?: 'text' | 'number';
  readonly value: string | number | undefined;
  readonly onRest: (text: string) => void;
}

/** A field whose value counts once the typing rests. */
function Typed({ label, type = 'text', value, onRest }: TypedProps) {
  const given = value === undefined ? '' : String(value);
  const [text, setText] = useState(given);
  const [seen, setSeen] = useState(given);
  if (seen !== given) {
    setSeen(given);
    if (text.trim() !== given) setText(given);
  }
  useEffect(() => {
    if (text.trim() === given) return undefined;
    const timer = setTimeout(() => onRest(text), RESTING_MS);
    return () => clearTimeout(timer);
    // The listener is new with every drawing; a timer started over would never end while playing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [text, given]);
  return <TextField label={label} type={type} value={text} onChange={setText} onEnter={() => onRest(text)} />;
}
