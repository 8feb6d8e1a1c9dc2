import { poolEvents } from '../../domain/events.ts';
import type { RunFacts } from '../../domain/answers/experiments.ts';
import type { ConsistencyCheck } from '../../domain/answers/runs.ts';
import { defineQuery } from '../query.ts';
import { ofExperiment, type RunScope } from '../scope.ts';
import { costChecks } from './consistency/costs.ts';
import { dailyMetricsCheck, tickStateCheck } from './consistency/storedStates.ts';
import { preparedRun, type PreparedRun } from './prepare/prepareRun.ts';
import { unreadableWords, type Loss } from '../../domain/unreadable.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, money, nullable, queryRows } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import { cutBefore, readEventObjects } from '../read/experimentEvents.ts';
import { numberField, textField, integerIn } from '../read/eventFields.ts';
import { offsetCause, countCheck, mostSeqs } from './consistency/check.ts';
import { formatCount, formatMoney, plural } from '../../lib/format.ts';
import { cents, type Cents } from '../../lib/units.ts';
import { kindIn, withDetails } from './prepare/tables.ts';

/** Every consistency check of a run, each with its difference and the events behind it. */
export const consistencyChecks = defineQuery({
  name: 'consistencyChecks',
  scope: 'run',
  async run(engine, scope: RunScope, signal): Promise<readonly ConsistencyCheck[] | undefined> {
    const run = await preparedRun(engine, scope);
    if (run === undefined) return undefined;
    const checks = [
      ...(await costChecks(engine, run, signal)),
      ...(await balanceChecks(engine, run, signal)),
      ...(await countChecks(engine, run, signal)),
      await tickStateCheck(engine, run, signal),
      await dailyMetricsCheck(engine, run, signal),
    ];
    return withUnreadable(checks, run);
  },
});

/** What each check rests on; rows stored per tick or day rest on nearly everything. */
const restsOn: Readonly<Record<string, readonly Loss[]>> = {
  'total-cost': ['cost'],
  'opportunity-cost': ['cost'],
  'money-conserved': ['balance'],
  'recorded-balances': ['balance', 'record'],
  arrivals: ['arrivals'],
  settlements: ['settlements'],
  'tick-states': ['balance', 'queue', 'cost', 'collateral'],
  'daily-metrics': ['balance', 'cost', 'settlements'],
};

/** The same checks; one that rests on events that cannot be read compares nothing, and says so. */
function withUnreadable(
  checks: readonly ConsistencyCheck[],
  { lost }: PreparedRun,
): readonly ConsistencyCheck[] {
  const words = unreadableWords(lost.events);
  if (words === undefined) return checks;
  return checks.map((check) => {
    const isLost = restsOn[check.id]?.some((loss) => lost.what.has(loss)) === true;
    if (!isLost || (check.outcome === 'not recorded' && check.expected === undefined && isStored(check.id)))
      return check;
    return {
      ...check,
      outcome: 'unreadable',
      found: undefined,
      differenceCents: undefined,
      why: `${words}. What they say is unknown, so this cannot be checked.`,
      seqs: [],
    };
  });
}

/** Where a file stores no rows per tick or day there is nothing to compare. */
const isStored = (id: string): boolean => id === 'tick-states' || id === 'daily-metrics';

/** Counts of the run's row and of its `simulation_run` event against the events. */
async function countChecks(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly ConsistencyCheck[]> {
  const [found] = await queryRows(
    engine,
    sql`SELECT count(*) AS arrivals, count(*) FILTER (status = 'settled') AS settlements
      FROM ${run.table('payments')} WHERE parent IS NULL`,
    { arrivals: int, settlements: int },
    signal,
  );
  const hasEvents = run.eventCount > 0;
  // Payments without a name cannot be followed; then the events alone are counted, and a split cannot be told.
  const counts = run.unnamed.arrivals === 0 ? found : countEvents(run);
  return [
    ...judgeCounts(
      run.facts,
      hasEvents ? counts : undefined,
      run.offsets.kind === 'played',
      await offsetCause(engine, run, signal),
    ),
    countCheck(
      { id: 'event-count', title: 'Events match the count that the experiment recorded' },
      await recordedEventCount(engine, run, signal),
      hasEvents ? run.eventCount : undefined,
      {
        balances: 'No event of the run is missing.',
        missing: hasEvents
          ? 'The experiment records no number of events for this run.'
          : 'The file records no events of this run.',
        otherwise: { outcome: 'differs', why: 'Events are missing, or were added after the run.' },
      },
    ),
  ];
}

/**
 * Payments that arrived and settled as the run's row stores them against those `found`, which are undefined without
 * events. `cause`: why offsets may leave settlements uncounted.
 */
export function judgeCounts(
  stored: Pick<RunFacts, 'arrivals' | 'settlements'> | undefined,
  found: { readonly arrivals: number; readonly settlements: number } | undefined,
  isPlayed: boolean,
  cause: string | undefined,
): readonly [ConsistencyCheck, ConsistencyCheck] {
  const settled = stored?.settlements;
  const short = settled !== undefined && found !== undefined && found.settlements < settled;
  const missing =
    found === undefined
      ? 'The file records no events of this run.'
      : 'The file stores no such count for this run.';
  return [
    countCheck(
      { id: 'arrivals', title: 'Arrivals match the stored count' },
      stored?.arrivals,
      found?.arrivals,
      {
        balances: 'Every payment of the stored count has its arrival among the events.',
        missing,
        otherwise: {
          outcome: 'differs',
          why: 'Arrivals are missing among the events, or the stored count is wrong.',
        },
      },
    ),
    countCheck(
      { id: 'settlements', title: 'Settlements match the stored count' },
      settled,
      found?.settlements,
      {
        balances: isPlayed
          ? 'Every settlement of the stored count has its event, or follows from the offsetting played again.'
          : 'Every settlement of the stored count has its event.',
        missing,
        otherwise:
          cause !== undefined && short
            ? { outcome: 'known gap', why: cause }
            : {
                outcome: 'differs',
                why: 'Settlements are missing among the events, or the stored count is wrong.',
              },
      },
    ),
  ];
}

function countEvents({ eventTypes }: PreparedRun) {
  const of = (type: string) => eventTypes.get(type) ?? 0;
  return {
    arrivals: of('Arrival'),
    settlements: of('RtgsImmediateSettlement') + of('Queue2LiquidityRelease'),
  };
}

/** `num_events` of the run's own `simulation_run` event (domain.md 5.1). */
async function recordedEventCount(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<number | undefined> {
  const experimentId = run.facts?.experimentId;
  if (experimentId === undefined) return undefined;
  const { fileId, simulationId } = run.scope;
  const condition = sql`${ofExperiment({ fileId, experimentId })} AND event_type = 'simulation_run'
    AND contains(event_data, ${`"${simulationId}"`})`;
  const events = await readEventObjects(engine, condition, cutBefore('events', ['simulation_id']), signal);
  const own = events.find(({ fields }) => textField(fields.simulation_id) === simulationId);
  return numberField(own?.fields.num_events);
}

/** Money is conserved, and recorded balances are those that the events give. */
async function balanceChecks(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly ConsistencyCheck[]> {
  return [await conserved(engine, run, signal), await recorded(engine, run, signal)];
}

/** Money comes and goes with the pool alone; anything else that changes the sum of all balances is lost or made. */
async function conserved(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ConsistencyCheck> {
  const pool = sql`SELECT seq FROM ${run.table('events')}
    WHERE ${kindIn(run, ...poolEvents)}`;
  const [found] = await queryRows(
    engine,
    sql`WITH inner_moves AS (SELECT tick, cents FROM ${run.table('moves')} WHERE seq NOT IN (${pool})),
      ticks AS (SELECT tick, sum(cents) AS made FROM inner_moves GROUP BY tick HAVING sum(cents) <> 0)
      SELECT (SELECT count(*) FROM inner_moves) AS moves, count(*) AS ticks, min(tick) AS first_tick,
        coalesce(sum(made), 0)::BIGINT AS made FROM ticks`,
    { moves: int, ticks: int, firstTick: nullable(int), made: money },
    signal,
  );
  return judgeConserved({
    moves: found?.moves ?? 0,
    wrongTicks: found?.ticks ?? 0,
    firstTick: found?.firstTick,
    made: found?.made ?? nothing,
  });
}

/** Movements of money between agents, and the ticks at which more or less arrives than leaves. */
export function judgeConserved({
  moves,
  wrongTicks,
  firstTick,
  made,
}: {
  readonly moves: number;
  readonly wrongTicks: number;
  readonly firstTick: number | undefined;
  readonly made: Cents;
}): ConsistencyCheck {
  return {
    id: 'money-conserved',
    title: 'At every tick, money only moves between agents',
    outcome: moves === 0 ? 'not recorded' : wrongTicks === 0 ? 'balances' : 'differs',
    expected: moves === 0 ? undefined : formatMoney(nothing),
    found: moves === 0 ? undefined : formatMoney(made),
    differenceCents: moves === 0 ? undefined : made,
    why:
      moves === 0
        ? 'No event of this run moves money.'
        : wrongTicks === 0
          ? 'Apart from pools that are allocated and returned, what one agent pays another one gets, in the same tick.'
          : `At ${wrongTicks} of the ticks, first at tick ${firstTick}, agents get more or less than others pay.`,
    seqs: [],
  };
}

const nothing = cents(0n);

/** `sender_balance_before` and `balance_after` of events, and what a settlement leaves behind. */
async function recorded(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<ConsistencyCheck> {
  const rows = await queryRows(
    engine,
    sql`WITH running AS (
        SELECT seq, recorded_before, start + sum(cents) OVER (PARTITION BY m.agent ORDER BY seq, later, cents DESC
          ROWS UNBOUNDED PRECEDING) - cents AS before
        FROM ${run.table('moves')} m JOIN ${run.table('starts')} s ON s.agent = m.agent
      )
      SELECT seq, (recorded_before - before)::BIGINT AS difference, count(*) OVER () AS mismatches
      FROM running WHERE recorded_before <> before ORDER BY seq LIMIT ${mostSeqs}`,
    { seq: int, difference: money, mismatches: int },
    signal,
  );
  const arithmetic = await queryRows(
    engine,
    sql`SELECT seq FROM ${withDetails(run, 'RtgsImmediateSettlement')}
      WHERE ${integerIn('sender_balance_before')} - ${integerIn('amount')} <> ${integerIn('sender_balance_after')}
      ORDER BY seq LIMIT ${mostSeqs}`,
    { seq: int },
    signal,
  );
  const [compared] = await queryRows(
    engine,
    sql`SELECT count(recorded_before) AS balances FROM ${run.table('moves')}`,
    { balances: int },
    signal,
  );
  const cause = arithmetic.length === 0 ? await offsetCause(engine, run, signal) : undefined;
  const wrong = (rows[0]?.mismatches ?? 0) + arithmetic.length;
  return {
    ...judgeBalances(compared?.balances ?? 0, wrong, cause),
    differenceCents: rows[0]?.difference,
    seqs: [...rows.map(({ seq }) => seq), ...arithmetic.map(({ seq }) => seq)].slice(0, mostSeqs),
  };
}

/** Balances that events record, and how many of them are not what the events before give. */
export function judgeBalances(count: number, wrong: number, cause: string | undefined): ConsistencyCheck {
  return {
    id: 'recorded-balances',
    title: 'Recorded balances match the replay',
    outcome:
      count === 0 ? 'not recorded' : wrong === 0 ? 'balances' : cause === undefined ? 'differs' : 'known gap',
    expected: count === 0 ? undefined : plural(count, 'balance'),
    found: count === 0 ? undefined : `${formatCount(count - wrong)} as recorded`,
    differenceCents: undefined,
    why:
      count === 0
        ? 'No event of this run records a balance.'
        : wrong === 0
          ? 'Every recorded balance is the one rebuilt from the events before it.'
          : (cause ?? 'Movements of money are missing among the events, or one of them is wrong.'),
    seqs: [],
  };
}
