/** Events of a run whose stored details cannot be read: what they would have told is unknown, never zero. */
export interface UnreadableEvents {
  readonly arrivals: number;
  /** Settlements, at once and out of Queue 2. */
  readonly settlements: number;
  readonly accruals: number;
}

export const allReadable: UnreadableEvents = { arrivals: 0, settlements: 0, accruals: 0 };

export const unreadableCount = ({ arrivals, settlements, accruals }: UnreadableEvents): number =>
  arrivals + settlements + accruals;

/** Of a payment whose arrival cannot be read nothing is known but that it arrived. */
export const knowsSettlements = ({ arrivals, settlements }: UnreadableEvents): boolean =>
  arrivals + settlements === 0;

/** `2 events cannot be read: 1 settlement and 1 cost accrual`; undefined where all can. */
export function unreadableWords(events: UnreadableEvents): string | undefined {
  const count = unreadableCount(events);
  if (count === 0) return undefined;
  const parts = [
    counted(events.arrivals, 'arrival'),
    counted(events.settlements, 'settlement'),
    counted(events.accruals, 'cost accrual'),
  ].filter((part) => part !== undefined);
  const list = new Intl.ListFormat('en-GB').format(parts);
  return `${count.toLocaleString('en-GB')} ${count === 1 ? 'event' : 'events'} cannot be read: ${list}`;
}

function counted(count: number, noun: string): string | undefined {
  return count === 0 ? undefined : `${count.toLocaleString('en-GB')} ${noun}${count === 1 ? '' : 's'}`;
}
