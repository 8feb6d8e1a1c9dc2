/** The tables that a prepared run has in the engine's own memory, and how statements name its kinds and agents. */
import { listedCosts, writtenCostKeys } from '../../../domain/costs.ts';
import { eventTypesWhere, settlingEvents } from '../../../domain/events.ts';
import type { Engine } from '../../../engine/engine.ts';
import { queryRows, text } from '../../../engine/rows.ts';
import { ident, join, literal, sql, type Sql } from '../../../lib/sql.ts';
import { eventsOfRun, isNoInteger, isNoObject, leadingFields } from '../../read/eventFields.ts';
import type { RunScope } from '../../scope.ts';

type RunTable =
  /** `no`, `event_type`, `sends`, `receives`: a number for each type, and the parties that the wide rule counts. */
  | 'kinds'
  /** `no`, `key`: an agent's place in the list of agents, for every form in which its name is written. */
  | 'agents'
  /** As `arrivals`, with names for numbers; dropped when those are known. */
  | 'arrival_texts'
  /** `tx`, `tx_id`, `tick`, `sender`, `receiver`, `amount`, `deadline`, `priority`: one row per arrival. */
  | 'arrivals'
  /** `seq`, `tick`, `kind`, `agent`, `tx`, `sender`, `receiver`, `row_order`, `other_tx`: one row per event. */
  | 'events'
  /** `seq`, `agent`: parties that only the details of an event name. */
  | 'members'
  /** `parent`, `child`: parts of split payments, by `tx`. */
  | 'splits'
  /** `tx`, `seq`, `tick`, `how`: how a payment settled. */
  | 'settled'
  /** `seq`, `tick`, `later`, `tx`, `how`: payments that offsetting settled, after the event `seq` where `later`. */
  | 'offsets'
  /** `seq`, `outcome`, `settled`, `why`, `bank`, `counterparty`, `needed`, `short`, `paid`: of offset events. */
  | 'outcomes'
  /** `tx`, `sender`, `receiver`, `amount`, `from_tick`: payments of which it is not known whether they settled. */
  | 'disputed'
  /** `tick`, `agent`, `.._low`, `.._high`: what is known of balances and Queue 2 where such payments are. */
  | 'bounds'
  /** What the offsetting step is played from; dropped when it is. */
  | 'facts'
  /** `seq`, `tick`, `how`, `sender`, `receiver`, `amount`, `tx_id`, `recorded_before`, `settles`, `unreadable`, `record_unreadable`. */
  | 'transfers'
  /**
   * `seq`, `later`, `tick`, `agent`, `cents`, `recorded_before`: what changes a balance, credits where they become
   * usable. Several of one event go by `later`, credits first.
   */
  | 'moves'
  /** `seq`, `tick`, `agent`, `amount`, `new_total`, `delta`: what changes posted collateral. */
  | 'pledges'
  /** `seq`, `tick`, `agent`, `delta`: what changes an unsecured cap. */
  | 'caps'
  /** `kind`, `what`, `tick`, `agent`, `key`: what events that cannot be read would have told. */
  | 'lost'
  /**
   * `agent`, `start`, `posted`, `cap`: before the first event, NULL where nothing tells. `is_stated`: the configuration
   * tells the start.
   */
  | 'starts'
  /** `tick`, `agent`, `payments1`, `value1`, `payments2`, `value2`: changes of the queues. */
  | 'queues'
  /** `seq`, `tick`, `agent`, the parts of each accrual, `unreadable`. */
  | 'costs'
  /** `tick`, `agent`: everything at the end of the tick, one row for each. */
  | 'states'
  /** As `states` by the events alone, where the file stores states per tick; else `states` is that already. */
  | 'replayed'
  /** `tick`, `agent`, the columns of `tick_agent_states` and the parts of the cost of the tick. */
  | 'recorded'
  /** One row per payment with its end. */
  | 'payments';

/** What the first look at a run found; the statements that fill its tables are made from it. */
export interface RunTables {
  readonly scope: RunScope;
  readonly table: (name: RunTable) => Sql;
  /** Types of event that occur; the place in the list is the number in the tables. */
  readonly kinds: readonly string[];
  /** Made by our lab (`domain/labMark.ts`), where some events mean another thing than the original's. */
  readonly isLab: boolean;
}

const prefixOf = (number: number) => `replay${number}_`;
const inMemory = (name: string): Sql => sql`memory.main.${ident(name)}`;

export const tablesOf = (number: number): Pick<RunTables, 'table'> => ({
  table: (name) => inMemory(`${prefixOf(number)}${name}`),
});

/** Everything kept under a number. */
export async function dropTables(engine: Engine, number: number): Promise<void> {
  const rows = await queryRows(
    engine,
    sql`SELECT table_name FROM duckdb_tables()
      WHERE database_name = 'memory' AND starts_with(table_name, ${prefixOf(number)})`,
    { tableName: text },
  );
  for (const { tableName } of rows) await engine.query(sql`DROP TABLE IF EXISTS ${inMemory(tableName)}`);
}

const listOf = (values: readonly (string | number)[]): Sql => join(values.map(literal), ', ');

/** The condition on a column of kinds; FALSE where none of them occurs. */
export function kindIn({ kinds }: Pick<RunTables, 'kinds'>, ...types: readonly string[]): Sql {
  const numbers = types.map((type) => kinds.indexOf(type)).filter((number) => number >= 0);
  return numbers.length === 0 ? sql`FALSE` : sql`kind IN (${listOf(numbers)})`;
}

export function occurs({ kinds }: Pick<RunTables, 'kinds'>, ...types: readonly string[]): boolean {
  return types.some((type) => kinds.includes(type));
}

/** For FROM: events of some types with their details. */
export function withDetails(run: RunTables, ...types: readonly string[]): Sql {
  const stored = sql`SELECT row_order, details FROM ${eventsOfRun(run.scope, types)}`;
  return sql`(SELECT e.*, s.details FROM ${run.table('events')} e JOIN (${stored}) s USING (row_order)
    WHERE ${kindIn(run, ...types)})`;
}

/**
 * For FROM: the same with what `take` makes of the stored events, given for FROM: it selects `row_order` and what it
 * reads in `details`. The details themselves are too long to be joined.
 */
export function withTaken(run: RunTables, take: (stored: Sql) => Sql, ...types: readonly string[]): Sql {
  return sql`(SELECT e.*, s.* EXCLUDE (row_order) FROM ${run.table('events')} e
    JOIN (${take(eventsOfRun(run.scope, types))}) s USING (row_order) WHERE ${kindIn(run, ...types)})`;
}

/** The number of the agent that a text names. */
export function agentNumber(run: RunTables, key: Sql): Sql {
  return sql`(SELECT no FROM ${run.table('agents')} WHERE key = ${key})`;
}

export const createTable = (run: RunTables, name: RunTable, select: Sql): Sql =>
  sql`CREATE OR REPLACE TABLE ${run.table(name)} AS ${select}`;

/** Names of the parties of a settlement, a transfer, an adjustment: JSON inside JSON, its quotes escaped. */
export const innerDetails = sql`replace(details, ${'\\"'}, '"')`;

/**
 * Ways to settle; the place in the list is the number in `settled.how` and `transfers.how`. `inferred`: out of
 * Queue 2 after an offset, for which the original writes no event.
 */
export const ways = ['immediate', 'queue 2', 'bilateral offset', 'cycle', 'transfer', 'inferred'] as const;

export const wayNumber = (way: (typeof ways)[number]): Sql => sql`${ways.indexOf(way)}::UTINYINT`;

/** For an event that settles a payment of its own: how. */
export const settledHow = (run: RunTables): Sql => {
  const atOnce = eventTypesWhere(({ settles }) => settles === 'immediate');
  return sql`CASE WHEN ${kindIn(run, ...atOnce)} THEN ${wayNumber('immediate')} ELSE ${wayNumber('queue 2')} END`;
};

/** How and when each payment settled. */
export function createSettled(run: RunTables): Sql {
  return createTable(
    run,
    'settled',
    sql`SELECT tx, min(seq) AS seq, arg_min(tick, seq) AS tick, arg_min(how, seq) AS how FROM (
        SELECT tx, seq, tick,
          ${settledHow(run)} AS how
        FROM ${run.table('events')}
        WHERE tx IS NOT NULL AND ${kindIn(run, ...settlingEvents)}
        UNION ALL
        SELECT tx, seq, tick, how FROM ${run.table('offsets')}
      ) GROUP BY tx`,
  );
}

/** Columns of cost in the tables of a prepared run. Opportunity cost has none: it is what the total exceeds. */
export const costColumns: readonly string[] = ['total', ...listedCosts.map(({ column }) => column)];

const keys = [
  ['total', 'total'],
  ...listedCosts.map(({ column, eventKey }) => [column, eventKey] as const),
] as const;

/** SELECT of the parts of accruals of `stored`, given for FROM, and whether one is `unreadable`. */
export function readAccruals(stored: Sql, kept = sql`row_order`): Sql {
  const { read, integer } = leadingFields({
    keys: Object.fromEntries(writtenCostKeys.map((key) => [key, 'integer' as const])),
    within: 'costs',
  });
  const parts = keys.map(([column, key]) => sql`${integer(key)} AS ${ident(column)}`);
  const known = keys.map(([column]) => sql`coalesce(${ident(column)}, 0) AS ${ident(column)}`);
  const broken = keys.map(([column, key]) => isNoInteger(key, ident(column)));
  return sql`SELECT ${kept}, ${join(known, ', ')},
      ${isNoObject()} OR total IS NULL OR ${join(broken, ' OR ')} AS unreadable
    FROM (SELECT *, ${join(parts, ', ')} FROM (SELECT *, ${read} FROM ${stored}))`;
}

/**
 * Accruals: one per agent and tick, and again for split friction and end-of-day penalties. `TransactionWentOverdue`
 * is not among them: its penalty is inside `penalty_cost` (domain.md 7.3).
 * Accruals that do not name their agent count for the run alone. One is `unreadable` without a total, or with a part
 * that is no integer.
 */
export function createCosts(run: RunTables): Sql {
  const named = keys.map(([column]) => ident(column));
  return createTable(
    run,
    'costs',
    sql`SELECT seq, tick, agent, ${join(named, ', ')}, unreadable FROM ${withTaken(run, readAccruals, 'CostAccrual')}`,
  );
}
