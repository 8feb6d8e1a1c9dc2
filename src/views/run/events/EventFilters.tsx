import { useEffect, useState, useMemo } from 'react';

import type { RunOutline, EventFilter } from '../../../domain/answers/runs.ts';
import { eventTitle } from '../../../domain/events.ts';
import { formatCount } from '../../../lib/format.ts';
import { agentId } from '../../../lib/ids.ts';
import { Button } from '../../../ui/Button.tsx';
import { Select, TextField } from '../../../ui/TextField.tsx';
import { useAddress } from '../../shared/useAddress.ts';
import { runFields, type RunSearch } from '../fields.ts';
import styles from './EventFilters.module.css';

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

/** The fields of the address that narrow a run's events. */
type FilterFields = Pick<RunSearch, 'type' | 'agent' | 'tx' | 'from' | 'to' | 'q'>;

export interface EventFilterState {
  readonly filter: EventFilter;
  readonly fields: FilterFields;
  readonly isActive: boolean;
  readonly set: (fields: FilterFields) => void;
  readonly clear: () => void;
}

/** What the events are narrowed to, kept in the address. */
export function useEventFilter(): EventFilterState {
  const { search, patch } = useAddress(runFields);
  const { type, agent, tx, from, to, q } = search;
  const typesKey = type === undefined ? undefined : JSON.stringify(type);
  return useMemo(() => {
    const types = typesKey === undefined ? undefined : (JSON.parse(typesKey) as string[]);
    const filter: EventFilter = {
      ...(types === undefined ? {} : { types }),
      ...(agent === undefined ? {} : { agentId: agentId(agent) }),
      ...(tx === undefined ? {} : { txId: tx }),
      ...(from === undefined ? {} : { fromTick: from }),
      ...(to === undefined ? {} : { toTick: to }),
      ...(q === undefined ? {} : { text: q }),
    };
    return {
      filter,
      fields: { type: types, agent, tx, from, to, q },
      isActive: Object.keys(filter).length > 0,
      set: patch,
      clear: () =>
        patch({
          type: undefined,
          agent: undefined,
          tx: undefined,
          from: undefined,
          to: undefined,
          q: undefined,
        }),
    };
  }, [typesKey, agent, tx, from, to, q, patch]);
}
