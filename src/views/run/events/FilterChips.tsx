import { Chip } from '../../../ui/Chip.tsx';
import styles from './FilterChips.module.css';
import { eventTitle } from '../../../domain/events.ts';
import type { EventFilterState } from './useEventFilter.ts';

/** What the events are narrowed to, each with a cross that takes it away. */
export function FilterChips({ state }: { state: EventFilterState }) {
  const { fields, set, isActive } = state;
  if (!isActive) return null;
  const chip = (key: string, words: string, onRemove: () => void) => (
    <li key={key}>
      <Chip remove={{ label: `Show events without the filter ${words}`, onRemove }}>{words}</Chip>
    </li>
  );
  return (
    <ul className={styles.chips} aria-label="Filters of the events">
      {fields.type?.map((type) =>
        chip(type, eventTitle(type), () => {
          const others = fields.type?.filter((other) => other !== type) ?? [];
          set({ type: others.length === 0 ? undefined : others });
        }),
      )}
      {fields.agent !== undefined && chip('agent', fields.agent, () => set({ agent: undefined }))}
      {fields.from !== undefined && chip('from', `from tick ${fields.from}`, () => set({ from: undefined }))}
      {fields.to !== undefined && chip('to', `to tick ${fields.to}`, () => set({ to: undefined }))}
      {fields.tx !== undefined &&
        chip('tx', `payment ${fields.tx.slice(0, 8)}`, () => set({ tx: undefined }))}
      {fields.q !== undefined && chip('q', `“${fields.q}”`, () => set({ q: undefined }))}
    </ul>
  );
}
