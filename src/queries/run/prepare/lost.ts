/** What the events of a run would have told and cannot: each row one event and one thing that is unknown. */
import { collateralEvents, poolEvents } from '../../../domain/events.ts';
import {
  type Loss,
  type UnreadableEvents,
  type UnreadableKind,
  losses,
  unreadableKinds,
} from '../../../domain/unreadable.ts';
import type { Engine } from '../../../engine/engine.ts';
import { int, queryRows, text } from '../../../engine/rows.ts';
import { join, sql, type Sql } from '../../../lib/sql.ts';
import { integerIn, isNoObject, textIn, textsIn } from '../../read/eventFields.ts';
import {
  wayNumber,
  agentNumber,
  createTable,
  innerDetails,
  occurs,
  withDetails,
  type RunTables,
} from './tables.ts';

/** What one event would have told: a row for each. The details are read once for all of them. */
type Losses = readonly (Loss | 'nothing')[];

/** A row for each element, from a list where there are several. */
const rowEach = (values: readonly Sql[]): Sql =>
  values.length === 1 ? sql`(${join(values, '')})` : sql`unnest([${join(values, ', ')}])`;

/** `agent` NULL: whose it is cannot be told, so it may be everybody's. */
const row = (kind: UnreadableKind, what: Losses, tick: Sql, agents: readonly Sql[], key: Sql): Sql =>
  sql`${kind} AS kind, ${rowEach(what.map((loss) => sql`${loss}`))} AS what, ${tick} AS tick,
    ${rowEach(agents.map((agent) => sql`(${agent})::SMALLINT`))} AS agent, ${key}::BIGINT AS key`;

/**
 * Table `lost`, of events that are stored and whose details are no object, or have no integer where a number belongs.
 * `key` tells the events of a kind apart.
 */
export function createLost(run: RunTables): Sql {
  const parts = [
    ...ofPayments(run),
    ...ofCosts(run),
    ...ofHoldings(run),
    ...ofScenario(run),
    ...ofTallies(run),
  ];
  const nothing = sql`SELECT '' AS kind, '' AS what, 0 AS tick, 0::SMALLINT AS agent, 0::BIGINT AS key WHERE FALSE`;
  return createTable(run, 'lost', join([nothing, ...parts], ' UNION ALL '));
}

const tick = sql`tick`;
const seq = sql`seq`;
const agent = sql`agent`;
const unknown = sql`NULL`;

function ofPayments(run: RunTables): readonly Sql[] {
  const lostArrivals = sql`FROM ${run.table('arrivals')} WHERE amount IS NULL OR sender IS NULL OR receiver IS NULL`;
  const settlement = sql`FROM ${run.table('transfers')} WHERE unreadable AND how <> ${wayNumber('transfer')}`;
  const ofSettlement = (what: Loss, ...who: readonly Sql[]) =>
    sql`SELECT ${row('settlements', [what], tick, who, seq)} ${settlement}`;
  const stored = occurs(run, 'Arrival')
    ? [sql`SELECT ${row('arrivals', ['queue', 'settlements'], tick, [sql`sender`], sql`tx`)} ${lostArrivals}`]
    : [];
  return [
    ...stored,
    ofSettlement('settlements', unknown),
    ofSettlement('balance', sql`sender`, sql`receiver`),
    ofSettlement('queue', sql`sender`),
    sql`SELECT ${row('settlements', ['record'], tick, [sql`sender`], seq)} FROM ${run.table('transfers')}
      WHERE record_unreadable`,
  ];
}

function ofCosts(run: RunTables): readonly Sql[] {
  return [
    sql`SELECT ${row('accruals', ['cost'], tick, [agent], seq)} FROM ${run.table('costs')} WHERE unreadable`,
  ];
}

/** Pools and collateral: of both the event says what it moves and what there is then. */
function ofHoldings(run: RunTables): readonly Sql[] {
  const of = (kind: UnreadableKind, what: Loss, total: string, ...types: readonly string[]): Sql[] =>
    occurs(run, ...types)
      ? [
          sql`SELECT ${row(kind, [what], tick, [agent], seq)} FROM ${withDetails(run, ...types)}
            WHERE ${isNoObject()} OR ${integerIn('amount')} IS NULL OR ${integerIn(total)} IS NULL`,
        ]
      : [];
  return [
    ...of('pools', 'balance', 'balance_after', ...poolEvents),
    ...of('pledges', 'collateral', 'new_total', ...collateralEvents),
  ];
}

function ofScenario(run: RunTables): readonly Sql[] {
  if (!occurs(run, 'ScenarioEventExecuted')) return [];
  const kind = textIn('scenario_event_type');
  const events = withDetails(run, 'ScenarioEventExecuted');
  const party = (key: string) => agentNumber(run, textIn(key, innerDetails));
  const unnamed = sql`${isNoObject()} OR ${kind} = ''`;
  const transfer = sql`${kind} = 'direct_transfer' AND (${integerIn('amount', innerDetails)} IS NULL
    OR ${party('from_agent')} IS NULL OR ${party('to_agent')} IS NULL)`;
  const adjustment = sql`${kind} = 'collateral_adjustment'
    AND (${integerIn('delta', innerDetails)} IS NULL OR ${party('agent')} IS NULL)`;
  const of = (what: readonly Loss[], who: readonly Sql[], condition: Sql) =>
    sql`SELECT ${row('scenarioEvents', what, tick, who, seq)} FROM ${events} WHERE ${condition}`;
  const adjusted = run.isLab ? 'collateral' : 'cap';
  return [
    of(['balance', adjusted], [unknown], unnamed),
    of(['balance'], [party('from_agent'), party('to_agent')], transfer),
    of([adjusted], [party('agent')], adjustment),
  ];
}

/** Splits and penalties; offsets of the original change nothing by themselves, as they are played again. */
function ofTallies(run: RunTables): readonly Sql[] {
  const of = (kind: UnreadableKind, what: Losses, type: string, broken: Sql): Sql[] =>
    occurs(run, type)
      ? [
          sql`SELECT ${row(kind, what, tick, [unknown], seq)} FROM ${withDetails(run, type)}
            WHERE ${isNoObject()} OR ${broken}`,
        ]
      : [];
  const lacks = (...keys: readonly string[]) =>
    join(
      keys.map((key) => sql`${integerIn(key)} IS NULL`),
      ' OR ',
    );
  const offsets = [
    ['LsmBilateralOffset', lacks('amount_a', 'amount_b')],
    ['EntryDispositionOffset', lacks('incoming_amount', 'queued_amount')],
    ['LsmCycleSettlement', lacks('total_value')],
  ] as const;
  const fromOffsets: Losses = run.isLab ? ['balance', 'queue', 'settlements'] : ['nothing'];
  return [
    ...of('splits', ['arrivals', 'settlements'], 'PolicySplit', sql`len(${textsIn('child_ids')}) = 0`),
    ...of('overdue', ['deadline penalty'], 'TransactionWentOverdue', lacks('deadline_penalty_cost')),
    ...of('dayEnds', ['end-of-day penalty'], 'EndOfDay', lacks('total_penalties')),
    ...offsets.flatMap(([type, sums]) => of('offsets', fromOffsets, type, sums)),
  ];
}

/** What is unknown of a run, for whom, and how many events of which kind would have told. */
export interface Lost {
  readonly events: UnreadableEvents;
  readonly what: ReadonlySet<Loss>;
  /** The first tick in which something is; undefined where nothing is. */
  readonly fromTick: number | undefined;
}

export async function readLost(engine: Engine, run: RunTables): Promise<Lost> {
  const rows = await queryRows(
    engine,
    sql`SELECT what, min(tick) AS from_tick FROM ${run.table('lost')} WHERE what <> 'nothing' GROUP BY what`,
    { what: text, fromTick: int },
  );
  const events: Partial<Record<UnreadableKind, number>> = {};
  const counted = await queryRows(
    engine,
    sql`SELECT kind, count(DISTINCT key) AS events FROM ${run.table('lost')} GROUP BY kind`,
    { kind: text, events: int },
  );
  for (const found of counted) {
    const kind = unreadableKinds.find((each) => each === found.kind);
    if (kind !== undefined) events[kind] = found.events;
  }
  return {
    events,
    what: new Set(losses.filter((loss) => rows.some(({ what }) => what === loss))),
    fromTick: rows.length === 0 ? undefined : Math.min(...rows.map(({ fromTick }) => fromTick)),
  };
}

/** For FROM: by agent, the first tick from which something of it is unknown; nobody's is everybody's. */
export const lostFrom = (run: RunTables): Sql => sql`(SELECT a.agent,
    min(l.tick) FILTER (what = 'balance') AS balance_lost, min(l.tick) FILTER (what = 'queue') AS queue_lost,
    min(l.tick) FILTER (what = 'cost') AS cost_lost, min(l.tick) FILTER (what = 'collateral') AS posted_lost,
    min(l.tick) FILTER (what = 'cap') AS cap_lost
  FROM (SELECT DISTINCT no AS agent FROM ${run.table('agents')}) a
  JOIN ${run.table('lost')} l ON l.agent IS NULL OR l.agent = a.agent GROUP BY a.agent)`;
