/**
 * Stored values that cannot be read. A cell of a row is one of three things: a value, nothing stored
 * (`undefined`), or a stored text that is no value of its kind. The rows of an answer keep the third beside
 * them, by field, so that no screen says "not recorded" of something that is there.
 */
import { listOf, plural } from '../lib/format.ts';

/** Stored text by field of the row; a field that is absent or was read is not in it. */
export type UnreadableFields = ReadonlyMap<string, string>;

/** Between two cells of a row, and between the parts of one: characters that no column's name holds. */
export const cellSeparator = '\u001e';
export const partSeparator = '\u001f';

/** So much of a stored text is kept: enough to recognise it. */
export const shownLength = 200;

/** The text that a relation keeps of a row, by the relation's column in camel case; `{field}{column}{stored}` each. */
export function unreadableFields(cells: string | undefined): UnreadableFields {
  if (cells === undefined || cells === '') return new Map();
  return new Map(
    cells.split(cellSeparator).map((cell) => {
      const [field = '', , stored = ''] = cell.split(partSeparator);
      return [field.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()), stored];
    }),
  );
}

/** What a reader sees where a number would be. */
export function storedAs(stored: string, wanted: 'cents' | 'number' | 'JSON' | 'time'): string {
  const shown = stored.length > shownLength ? `${stored.slice(0, shownLength)}…` : stored;
  return `stored as ${shown === '' ? 'an empty text' : shown}, ${wants(wanted, stored)}`;
}

function wants(wanted: 'cents' | 'number' | 'JSON' | 'time', stored: string): string {
  switch (wanted) {
    case 'cents':
      return /^-?\d+$/.test(stored) ? 'beyond 64 bits' : 'no whole cents';
    case 'number':
      return 'no number';
    case 'JSON':
      return 'no JSON';
    case 'time':
      return 'no time';
  }
}

/** One stored value that cannot be read, with its place in the file: plain data for a count or a report. */
export interface UnreadableCell {
  readonly table: string;
  readonly column: string;
  /** The row: names and values of its key columns. */
  readonly rowKey: Readonly<Record<string, string>>;
  /** Undefined: no value is stored where the row cannot do without one. */
  readonly stored: string | undefined;
  /** The row is in no answer, as it cannot be told what it is about. */
  readonly isRowLeftOut: boolean;
}

export interface UnreadableReport {
  /** At most so many as were asked for. */
  readonly cells: readonly UnreadableCell[];
  readonly cellCount: number;
  readonly rowsLeftOut: number;
  /** `table.column`, of columns that a table of the file must have and lacks. */
  readonly missingColumns: readonly string[];
}

const tableNames: Readonly<Record<string, string>> = {
  iterations: 'experiment_iterations',
  evaluations: 'policy_evaluations',
};

/** A relation's table in the file. */
export const storedTableOf = (relation: string): string => tableNames[relation] ?? relation;

/** Columns without which a table tells little; one name of a group is enough. */
const expected: Readonly<Record<string, readonly (readonly string[])[]>> = {
  experiments: [['experiment_id', 'run_id'], ['config'], ['completed_at']],
  experiment_iterations: [['experiment_id', 'run_id'], ['iteration'], ['costs_per_agent'], ['policies']],
  experiment_events: [['experiment_id', 'run_id'], ['id'], ['iteration'], ['event_type'], ['event_data']],
  policy_evaluations: [
    ['experiment_id', 'run_id'],
    ['iteration'],
    ['agent_id'],
    ['accepted'],
    ['old_cost'],
    ['new_cost'],
    ['delta_sum'],
    ['num_samples'],
    ['proposed_policy'],
  ],
  simulation_runs: [['simulation_id']],
  simulation_events: [['simulation_id'], ['tick'], ['event_type'], ['details']],
  transactions: [['simulation_id'], ['tx_id'], ['sender_id'], ['receiver_id'], ['amount']],
};

/** What the tables of a file lack; a table that is not there at all lacks nothing. */
export function missingColumns(tables: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  return Object.entries(expected).flatMap(([table, groups]) => {
    const columns = tables.get(table);
    if (columns === undefined) return [];
    return groups
      .filter((names) => !names.some((name) => columns.has(name)))
      .map((names) => `${table}.${names.join(' or ')}`);
  });
}

/** Kinds of events of a run whose details cannot be read: what they would have told is unknown, never zero. */
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
