/** Rows that the file stores beside the events, field by field against what the events give. */
import type { Engine } from '../../../engine/engine.ts';
import { bigInt, boolean, int, nullable, queryRows } from '../../../engine/rows.ts';
import { formatCount, formatMoney, plural } from '../../../lib/format.ts';
import { join, sql, type Sql } from '../../../lib/sql.ts';
import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import { cents } from '../../../lib/units.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';
import { kindIn } from '../prepare/tables.ts';
import { offsetEvents } from '../../../domain/events.ts';
import { offsetCause, mostSeqs } from './check.ts';

/** One field: the columns of both sides in the rows compared, NULL where nothing is to be compared. */
export interface ComparedField {
  readonly name: string;
  readonly stored: Sql;
  readonly replayed: Sql;
  readonly kind: 'balance' | 'collateral' | 'cost' | 'queue' | 'count';
}

export interface RowComparison {
  readonly id: string;
  readonly title: string;
  /** For FROM: `place`, `agent`, `first_tick`, `last_tick` and the columns of the fields. */
  readonly rows: Sql;
  readonly fields: readonly ComparedField[];
  /** What a place is called: `tick`, `day`. */
  readonly placeName: string;
  readonly missing: string;
  /** Added to the sentence of a check that balances. */
  readonly note: string;
}

const spec = {
  place: int,
  agent: int,
  field: int,
  stored: bigInt,
  replayed: bigInt,
  firstTick: int,
  lastTick: int,
  wrong: int,
  /** Balances alone, that cancel out at every place, after the first offset. */
  unlogged: nullable(boolean),
};

/** The first row that differs decides what is shown. */
export async function compareStored(
  engine: Engine,
  run: PreparedRun,
  comparison: RowComparison,
  signal: AbortSignal | undefined,
): Promise<ConsistencyCheck> {
  const { fields, rows, id, title } = comparison;
  const about = { id, title };
  const list = (side: 'stored' | 'replayed') =>
    sql`[${join(
      fields.map((field) => sql`(${field[side]})::BIGINT`),
      ', ',
    )}]`;
  const unpacked = sql`SELECT place, agent, first_tick, last_tick, unnest(range(${fields.length})) AS field,
    unnest(${list('stored')}) AS stored, unnest(${list('replayed')}) AS replayed FROM ${rows}`;
  const [counted] = await queryRows(
    engine,
    sql`SELECT count(DISTINCT (place, agent)) FILTER (stored - replayed IS NOT NULL) AS compared FROM (${unpacked})`,
    { compared: int },
    signal,
  );
  const compared = counted?.compared ?? 0;
  if (compared === 0) return absent(about, comparison.missing);
  const [first] = await queryRows(
    engine,
    sql`WITH differing AS (
        SELECT *, stored - replayed AS difference FROM (${unpacked}) WHERE stored <> replayed
      ), cancelled AS (
        SELECT place, sum(difference) = 0 AS cancels FROM differing GROUP BY place
      )
      SELECT place, agent, field, stored, replayed, first_tick, last_tick,
        (SELECT count(DISTINCT (place, agent)) FROM differing) AS wrong,
        (SELECT bool_and(cancels) FROM cancelled) AND last_tick >= ${firstOffset(run)}
          AND (SELECT bool_and(field IN (${balanceFields(fields)})) FROM differing) AS unlogged
      FROM differing ORDER BY place, agent, field LIMIT 1`,
    spec,
    signal,
  );
  const all = plural(compared, 'row');
  if (first === undefined) {
    return {
      ...about,
      outcome: 'balances',
      expected: all,
      found: `${all} the same`,
      differenceCents: undefined,
      why: comparison.note,
      seqs: [],
    };
  }
  const field = fields[first.field];
  if (field === undefined) throw new RangeError(`no field has the number ${first.field}`);
  const show = (value: bigint) => (field.kind === 'count' ? formatCount(value) : formatMoney(cents(value)));
  const cause = first.unlogged === true ? await offsetCause(engine, run, signal) : undefined;
  const where = `${comparison.placeName} ${first.place}, ${run.agents[first.agent] ?? ''}`;
  const rest = `${formatCount(first.wrong)} of ${all} ${first.wrong === 1 ? 'differs' : 'differ'}.`;
  return {
    ...about,
    outcome: cause === undefined ? 'differs' : 'known gap',
    expected: show(first.replayed),
    found: show(first.stored),
    stored: 'found',
    differenceCents: field.kind === 'count' ? undefined : cents(first.stored - first.replayed),
    why: `First at ${where}: ${field.name} as stored is not what the events give. ${rest}${cause === undefined ? '' : ` ${cause}`}`,
    seqs: await eventsBehind(engine, run, field.kind, first, signal),
  };
}

export function absent(about: Pick<ConsistencyCheck, 'id' | 'title'>, why: string): ConsistencyCheck {
  return {
    ...about,
    outcome: 'not recorded',
    expected: undefined,
    found: undefined,
    differenceCents: undefined,
    why,
    seqs: [],
  };
}

const firstOffset = (run: PreparedRun): Sql =>
  sql`(SELECT coalesce(min(tick), ${run.tickCount}) FROM ${run.table('events')} WHERE ${kindIn(run, ...offsetEvents)})`;

function balanceFields(fields: readonly ComparedField[]): Sql {
  const places = fields.flatMap(({ kind }, place) => (kind === 'balance' ? [sql`${place}`] : []));
  return places.length === 0 ? sql`-1` : join(places, ', ');
}

/** Events of the agent in these ticks that the field follows from; any of its events where there is none. */
async function eventsBehind(
  engine: Engine,
  run: PreparedRun,
  kind: ComparedField['kind'],
  { agent, firstTick, lastTick }: { agent: number; firstTick: number; lastTick: number },
  signal: AbortSignal | undefined,
): Promise<readonly number[]> {
  const inTicks = sql`tick BETWEEN ${firstTick} AND ${lastTick}`;
  const ofAgent = sql`SELECT seq FROM ${run.table('events')}
    WHERE ${inTicks} AND (agent = ${agent} OR sender = ${agent} OR receiver = ${agent})`;
  const from = (table: 'moves' | 'pledges' | 'costs') =>
    sql`SELECT seq FROM ${run.table(table)} WHERE ${inTicks} AND agent = ${agent}`;
  const read = async (source: Sql) => {
    const rows = await queryRows(
      engine,
      sql`SELECT DISTINCT seq FROM (${source}) ORDER BY seq LIMIT ${mostSeqs}`,
      { seq: int },
      signal,
    );
    return rows.map(({ seq }) => seq);
  };
  const found = await read(sourceOf(kind, from, ofAgent));
  return found.length > 0 ? found : read(ofAgent);
}

function sourceOf(
  kind: ComparedField['kind'],
  from: (table: 'moves' | 'pledges' | 'costs') => Sql,
  ofAgent: Sql,
): Sql {
  switch (kind) {
    case 'balance':
      return from('moves');
    case 'collateral':
      return from('pledges');
    case 'cost':
      return from('costs');
    case 'queue':
    case 'count':
      return ofAgent;
  }
}
