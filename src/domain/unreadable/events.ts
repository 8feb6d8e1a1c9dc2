import { listOf, plural } from '../../lib/format.ts';

/** Events of a run whose stored details cannot be read: what they would have told is unknown, never zero. */

/** Kinds of such events, in the order in which they are named. */
export const unreadableKinds = [
  'arrivals',
  'settlements',
  'accruals',
  'pools',
  'pledges',
  'scenarioEvents',
  'offsets',
  'splits',
  'overdue',
  'dayEnds',
] as const;

/** In the words of the screens. */
const nouns: Readonly<Record<UnreadableKind, readonly [one: string, many?: string]>> = {
  arrivals: ['arrival'],
  settlements: ['settlement'],
  accruals: ['cost accrual'],
  pools: ['movement of a pool', 'movements of a pool'],
  pledges: ['change of collateral', 'changes of collateral'],
  scenarioEvents: ['event of the scenario', 'events of the scenario'],
  offsets: ['offset'],
  splits: ['split'],
  overdue: ['overdue payment'],
  dayEnds: ['end of a day', 'ends of a day'],
};
export type UnreadableKind = (typeof unreadableKinds)[number];
export type UnreadableEvents = Readonly<Partial<Record<UnreadableKind, number>>>;

/** What of a run is unknown, or unknown from some tick on, as an event that would tell cannot be read. */
export const losses = [
  'balance',
  'queue',
  'cost',
  'collateral',
  'cap',
  /** How many payments arrived: what a split one was split into is not told. */
  'arrivals',
  /** Which payments settled. */
  'settlements',
  /** A balance that an event records. */
  'record',
  'deadline penalty',
  'end-of-day penalty',
] as const;
export type Loss = (typeof losses)[number];

/** `2 events cannot be read: 1 settlement and 1 cost accrual`; undefined where all can. */
export function unreadableWords(events: UnreadableEvents): string | undefined {
  const count = unreadableKinds.reduce((sum, kind) => sum + (events[kind] ?? 0), 0);
  if (count === 0) return undefined;
  const parts = unreadableKinds.flatMap((kind) => {
    const found = events[kind] ?? 0;
    return found === 0 ? [] : [plural(found, ...nouns[kind])];
  });
  return `${plural(count, 'event')} cannot be read: ${listOf(parts)}`;
}
