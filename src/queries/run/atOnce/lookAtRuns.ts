/** The events of many runs at once: what their checks need, in a few statements over all of them. */
import { allocatingEvents, poolEvents, returningEvents, settlingEvents } from '../../../domain/events.ts';
import { listedCosts } from '../../../domain/costs.ts';
import type { Engine } from '../../../engine/engine.ts';
import {
  bigInt,
  boolean,
  int,
  nullable,
  queryRows,
  text,
  type RowOf,
  type RowSpec,
} from '../../../engine/rows.ts';
import type { FileId } from '../../../lib/ids.ts';
import { ident, join, literal, sql, type Sql } from '../../../lib/sql.ts';
import { integerIn, isNoObject, sumOf, textIn } from '../../read/eventFields.ts';
import { readArrivals } from '../prepare/payments.ts';
import { readAccruals, innerDetails } from '../prepare/tables.ts';
import { readSettlements } from '../prepare/moves.ts';
import type { RunBatch } from './runBatches.ts';

const kindSpec = {
  run: int,
  eventType: text,
  events: int,
  withAgent: int,
  withPayment: int,
  firstTick: int,
  lastTick: int,
};

const paymentSpec = { run: int, arrivals: int, unreadable: boolean };

const settlementSpec = {
  run: int,
  settled: int,
  unreadable: boolean,
  /** Sums that do not follow from the balances of their own event. */
  wrongSums: int,
};

const waitingSpec = { run: int, banks: int };

/** Movements between agents, pools left out; `unreadable`: one of them, or of a pool. */
const moveSpec = { run: int, moves: int, unreadable: boolean };

const balanceSpec = {
  run: int,
  agent: text,
  recorded: int,
  /** Of them, those that imply a start within 64 bits. */
  implied: int,
  /** The start that recorded balances imply: by the first one, the least and the most. */
  first: nullable(bigInt),
  least: nullable(bigInt),
  most: nullable(bigInt),
};

const costSpec = {
  run: int,
  /** Undefined: of accruals that name no agent. */
  agent: nullable(text),
  /** Undefined beyond 64 bits. */
  total: nullable(bigInt),
  splitFriction: nullable(bigInt),
  exceeding: int,
  unreadable: boolean,
};

/** Rows are about the run with the number `run` of the batch. */
export type KindRow = RowOf<typeof kindSpec>;
export type BalanceRow = RowOf<typeof balanceSpec>;
export type CostRow = RowOf<typeof costSpec>;

/** Everything that the checks of the runs rest on. */
export interface Look {
  readonly payments: readonly RowOf<typeof paymentSpec>[];
  readonly settlements: readonly RowOf<typeof settlementSpec>[];
  /** Banks whose payments waited in Queue 2. */
  readonly waiting: readonly RowOf<typeof waitingSpec>[];
  readonly moves: readonly RowOf<typeof moveSpec>[];
  readonly balances: readonly BalanceRow[];
  readonly costs: readonly CostRow[];
}

type Table = 'runs' | 'arrivals' | 'transfers' | 'moves' | 'recorded';
const tableNames: readonly Table[] = ['runs', 'arrivals', 'transfers', 'moves', 'recorded'];

/** Asks about one batch; its tables stand in the engine's memory under a number of their own. */
export class BatchLook {
  readonly #engine: Engine;
  readonly #fileId: FileId;
  readonly #batch: RunBatch;
  readonly #number: number;
  readonly #signal: AbortSignal | undefined;

  constructor(
    engine: Engine,
    fileId: FileId,
    batch: RunBatch,
    number: number,
    signal: AbortSignal | undefined,
  ) {
    this.#engine = engine;
    this.#fileId = fileId;
    this.#batch = batch;
    this.#number = number;
    this.#signal = signal;
  }

  /** Types of event of each run. Names the runs of the batch by number; comes first. */
  async kinds(): Promise<readonly KindRow[]> {
    const rows = this.#batch.runs.map(({ simulationId }, run) => sql`(${run}, ${simulationId})`);
    await this.#run(
      sql`CREATE OR REPLACE TABLE ${this.#table('runs')} AS SELECT run::INTEGER AS run, simulation_id
        FROM (VALUES ${join(rows, ', ')}) AS t(run, simulation_id)`,
    );
    return this.#ask(
      sql`SELECT run, event_type, count(*) AS events, count(nullif(agent_id, '')) AS with_agent, count(tx_id) AS with_payment,
          min(tick) AS first_tick, max(tick) AS last_tick
        FROM ${this.#events()} GROUP BY run, event_type ORDER BY run, event_type`,
      kindSpec,
    );
  }

  /** All that is asked of details, of the runs with these numbers only. */
  async look(runs: readonly number[]): Promise<Look> {
    await this.#run(sql`DELETE FROM ${this.#table('runs')} WHERE NOT (${among(runs)})`);
    await this.#run(
      sql`CREATE OR REPLACE TABLE ${this.#table('arrivals')} AS SELECT run, tx_id, sender, receiver, amount
        FROM (${readArrivals(this.#events(['Arrival']), sql`run, tx_id`)})`,
    );
    const payments = await this.#ask(
      sql`SELECT run, count(*) AS arrivals, bool_or(${broken}) OR count(*) > count(DISTINCT tx_id) AS unreadable
        FROM ${this.#table('arrivals')} GROUP BY run`,
      paymentSpec,
    );
    // Two arrivals of one payment would make two of each of its settlements.
    const twice = payments.flatMap(({ run, unreadable }) => (unreadable ? [run] : []));
    await this.#run(sql`DELETE FROM ${this.#table('runs')} WHERE ${among(twice)}`);
    await this.#run(this.#createTransfers());
    const settlements = await this.#ask(
      sql`SELECT run, count(DISTINCT tx_id) AS settled, bool_or(unreadable) AS unreadable,
          count(*) FILTER (recorded_before - amount <> recorded_after) AS wrong_sums
        FROM ${this.#table('transfers')} GROUP BY run`,
      settlementSpec,
    );
    const waiting = await this.#ask(
      sql`SELECT run, count(DISTINCT sender) AS banks FROM ${this.#events(['QueuedRtgs'])}
        JOIN ${this.#table('arrivals')} USING (run, tx_id) GROUP BY run`,
      waitingSpec,
    );
    await this.#run(this.#createMoves());
    const moves = await this.#ask(
      sql`SELECT run, count(*) FILTER (NOT of_pool) AS moves, bool_or(unreadable) AS unreadable
        FROM ${this.#table('moves')} GROUP BY run`,
      moveSpec,
    );
    const balances = await this.#balances();
    return { payments, settlements, waiting, moves, balances, costs: await this.costs() };
  }

  /** Costs by run and agent; with `from` those from a tick on, of the runs that are named. */
  costs(from?: ReadonlyMap<number, number>): Promise<readonly CostRow[]> {
    const parts = join(
      listedCosts.map(({ column }) => ident(column)),
      ' + ',
    );
    const starts = [...(from ?? [])].map(([run, tick]) => sql`(${run}, ${tick})`);
    const rest =
      from === undefined
        ? sql``
        : sql`JOIN (VALUES ${join(starts, ', ')}) AS s(of_run, from_tick) ON of_run = run AND tick >= from_tick`;
    return this.#ask(
      sql`SELECT run, nullif(agent_id, '') AS agent, ${sumOf(sql`total`)} AS total,
          ${sumOf(sql`split_friction`)} AS split_friction, count(*) FILTER (${parts} > total) AS exceeding,
          bool_or(accruals.unreadable) AS unreadable
        FROM (${readAccruals(this.#events(['CostAccrual']), sql`run, tick, agent_id`)}) accruals ${rest}
        GROUP BY run, agent`,
      costSpec,
    );
  }

  /** How many recorded balances are not what the events before them give, by run, from these starts. */
  async wrongBalances(
    starts: readonly { readonly run: number; readonly agent: string; readonly start: bigint }[],
  ): Promise<ReadonlyMap<number, number>> {
    if (starts.length === 0) return new Map();
    const rows = starts.map(({ run, agent, start }) => sql`(${run}, ${agent}, ${start}::BIGINT)`);
    const found = await this.#ask(
      sql`SELECT run, count(*) AS wrong FROM ${this.#table('recorded')}
        JOIN (VALUES ${join(rows, ', ')}) AS s(run, agent, start) USING (run, agent)
        WHERE implied <> start GROUP BY run`,
      { run: int, wrong: int },
    );
    return new Map(found.map(({ run, wrong }) => [run, wrong]));
  }

  async drop(): Promise<void> {
    for (const name of tableNames) await this.#engine.query(sql`DROP TABLE IF EXISTS ${this.#table(name)}`);
  }

  async #run(statement: Sql): Promise<void> {
    await this.#engine.query(statement, this.#signal);
  }

  #ask<S extends RowSpec>(statement: Sql, spec: S): Promise<RowOf<S>[]> {
    return queryRows(this.#engine, statement, spec, this.#signal);
  }

  #table(name: Table): Sql {
    return sql`memory.main.${ident(`runs${this.#number}_${name}`)}`;
  }

  /** For FROM: stored events of the batch's runs, of all types or of some, with the number of their run. */
  #events(types: readonly string[] = []): Sql {
    const { places } = this.#batch;
    const inPlace =
      places === undefined ? sql`FALSE` : sql`row_order BETWEEN ${places.from} AND ${places.to}`;
    const ofTypes = types.length === 0 ? sql`` : sql`AND event_type IN (${join(types.map(literal), ', ')})`;
    return sql`(SELECT * FROM (SELECT * FROM simulation_events WHERE file_id = ${this.#fileId} AND ${inPlace} ${ofTypes})
      JOIN ${this.#table('runs')} USING (simulation_id))`;
  }

  #createTransfers(): Sql {
    const kept = sql`run, tick, event_timestamp, row_order, tx_id,
      CASE WHEN event_type = 'RtgsImmediateSettlement' THEN ${integerIn('sender_balance_after')} END AS recorded_after`;
    return sql`CREATE OR REPLACE TABLE ${this.#table('transfers')} AS
      SELECT s.run, tick, event_timestamp, row_order, s.tx_id, p.sender, p.receiver, moved AS amount, recorded_before,
        recorded_after, no_object OR moved IS NULL OR record_unreadable OR p.run IS NULL AS unreadable
      FROM (${readSettlements(this.#events(settlingEvents), kept)}) s
      LEFT JOIN ${this.#table('arrivals')} p ON p.run = s.run AND p.tx_id = s.tx_id`;
  }

  /** What changes a balance, in the order of the events: credits where they become usable. */
  #createMoves(): Sql {
    const amount = integerIn('amount');
    const after = integerIn('balance_after');
    const isReturn = sql`event_type IN (${join(returningEvents.map(literal), ', ')})`;
    const pools = sql`SELECT ${place}, agent_id AS agent, CASE WHEN ${isReturn} THEN -${amount} ELSE ${amount} END AS cents,
        ${after} AS after, ${isNoObject()} AS no_object FROM ${this.#events(poolEvents)}`;
    const kind = textIn('scenario_event_type');
    const ofScenario = sql`SELECT ${place}, ${kind} AS kind, ${isNoObject()} OR ${kind} = '' AS no_object,
        ${textIn('from_agent', innerDetails)} AS sender, ${textIn('to_agent', innerDetails)} AS receiver,
        CASE WHEN ${kind} = 'direct_transfer' THEN ${integerIn('amount', innerDetails)} END AS amount
      FROM ${this.#events(['ScenarioEventExecuted'])}`;
    const leg = (
      agent: Sql,
      cents: Sql,
    ) => sql`SELECT ${place}, ${agent}, ${cents}, NULL, FALSE, FALSE, FALSE,
        no_object OR (kind = 'direct_transfer' AND (${broken})) FROM (${ofScenario})
      WHERE no_object OR kind = 'direct_transfer'`;
    const transfers = this.#table('transfers');
    return sql`CREATE OR REPLACE TABLE ${this.#table('moves')} AS
      WITH legs AS (
        SELECT ${place}, sender AS agent, -amount AS cents, recorded_before, FALSE AS settles, FALSE AS credits,
          FALSE AS of_pool, FALSE AS unreadable FROM ${transfers}
        UNION ALL SELECT ${place}, receiver, amount, NULL, TRUE, FALSE, FALSE, FALSE FROM ${transfers}
        UNION ALL ${leg(sql`sender`, sql`-amount`)} UNION ALL ${leg(sql`receiver`, sql`amount`)}
        UNION ALL SELECT ${place}, agent, cents, after - cents, FALSE, FALSE, TRUE,
          no_object OR cents IS NULL OR after IS NULL FROM (${pools})
        UNION ALL SELECT ${place}, agent_id, NULL, NULL, FALSE, TRUE, FALSE, FALSE
          FROM ${this.#events(['DeferredCreditApplied'])}
      ), ordered AS (
        SELECT *, dense_rank() OVER (ORDER BY tick, event_timestamp, row_order) AS seq FROM legs
      ), credited AS (
        SELECT run, tick, agent, max(seq) AS seq FROM ordered WHERE credits GROUP BY ALL
      )
      SELECT o.run, o.agent, CASE WHEN settles AND cents > 0 THEN coalesce(c.seq, o.seq) ELSE o.seq END AS seq, cents,
        recorded_before, of_pool, unreadable
      FROM ordered o LEFT JOIN credited c ON c.run = o.run AND c.tick = o.tick AND c.agent = o.agent
      WHERE NOT credits`;
  }

  async #balances(): Promise<readonly BalanceRow[]> {
    await this.#run(
      sql`CREATE OR REPLACE TABLE ${this.#table('recorded')} AS
        SELECT run, agent, seq, TRY_CAST(recorded_before - moved_before AS BIGINT) AS implied FROM (
          SELECT run, agent, seq, recorded_before, sum(cents) OVER (PARTITION BY run, agent ORDER BY seq, cents DESC
            ROWS UNBOUNDED PRECEDING) - cents AS moved_before
          FROM ${this.#table('moves')} WHERE agent IS NOT NULL AND cents IS NOT NULL
        ) WHERE recorded_before IS NOT NULL`,
    );
    return this.#ask(
      sql`SELECT run, agent, count(*) AS recorded, count(implied) AS implied, arg_min(implied, seq) AS first, min(implied) AS least,
          max(implied) AS most FROM ${this.#table('recorded')} GROUP BY run, agent ORDER BY run, agent`,
      balanceSpec,
    );
  }
}

/** Events without which pools and credits belong to nobody. */
export const needsAgent: readonly string[] = [
  ...allocatingEvents,
  ...returningEvents,
  'DeferredCreditApplied',
];

const place = sql`run, tick, event_timestamp, row_order`;

const broken = sql`amount IS NULL OR coalesce(sender, '') = '' OR coalesce(receiver, '') = ''
  OR contains(sender, '\\') OR contains(receiver, '\\')`;

const among = (runs: readonly number[]): Sql =>
  runs.length === 0 ? sql`FALSE` : sql`run IN (${join(runs.map(literal), ', ')})`;
