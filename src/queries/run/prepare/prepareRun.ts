import type { RunFacts } from '../../../domain/answers/experiments.ts';
import { eventsInto, nearTicks, type Queue } from '../../../domain/events.ts';
import { rulesOfMark } from '../../../domain/labMark.ts';
import type { Engine } from '../../../engine/engine.ts';
import { int, nullable, queryRows, text } from '../../../engine/rows.ts';
import { formatCount } from '../../../lib/format.ts';
import type { AgentId } from '../../../lib/ids.ts';
import { sql, type Sql } from '../../../lib/sql.ts';
import type { MadeTables, QueryEngine } from '../../query.ts';
import { eventsOfRun, numberField, objectOf } from '../../read/eventFields.ts';
import { readRunRow } from '../../read/runRows.ts';
import type { RunScope } from '../../scope.ts';
import { createAgents, nameUnnamedPools } from './agents.ts';
import { createEvents, createMembers, createKinds } from './events.ts';
import { createLost, readLost, type Lost } from './lost.ts';
import { addLoggedMoves, addPlayedMoves, createMoves, createTransfers, createStates } from './moves.ts';
import {
  fillCreditedOffsets,
  createLoggedOffsets,
  fillOffsets,
  createBounds,
  createDisputed,
  noDisputed,
  withoutDisputed,
} from './offsets/offsetTables.ts';
import { notInForce, playOffsets, type OffsetSource } from './offsets/playOffsets.ts';
import { configuredAgents, createStarts, readFractions, readOpenings, type Opening } from './openings.ts';
import {
  createArrivals,
  createArrivalTexts,
  createSplits,
  dropSecondArrivals,
  createPayments,
} from './payments.ts';
import { createCaps, createPledges, isPostedInForce } from './pledges.ts';
import { createRecorded, createRecordedStates, recordedAgents, type RecordedState } from './recorded.ts';
import {
  createCosts,
  createSettled,
  createTable,
  kindIn,
  tablesOf,
  type RunTables,
  dropTables,
} from './tables.ts';

/** A run taken apart into tables of the engine's own memory, and what they are about. */
export interface PreparedRun extends RunTables {
  readonly facts: RunFacts | undefined;
  readonly configJson: string | undefined;
  /** The place in the list is the number in the tables. */
  readonly agents: readonly AgentId[];
  readonly openings: ReadonlyMap<AgentId, Opening>;
  readonly eventTypes: ReadonlyMap<string, number>;
  readonly eventCount: number;
  readonly tickCount: number;
  readonly ticksPerDay: number | undefined;
  /** Ticks that the file claims and that cannot be replayed, one sentence each. */
  readonly refused: readonly string[];
  readonly unnamed: Unnamed;
  /** Events whose details cannot be read, and what is unknown without them. */
  readonly lost: Lost;
  /** What settlements by offsetting rest on. */
  readonly offsets: OffsetSource;
  /** Balances and Queue 2 are known within the table `bounds` only. */
  readonly isBounded: boolean;
  /** What the configuration states and the run was not played with, in words. */
  readonly notInForce: readonly string[];
  /** What the file stores per tick and `states` rests on; the rest of it rests on the events. */
  readonly recorded: RecordedState;
}

/** Events without the agent or the payment that they are about: some writers of schema A leave the columns empty. */
interface Unnamed {
  readonly arrivals: number;
  readonly accruals: number;
  /** Allocations and returns of a pool that no agent's balance explains. */
  readonly pools: number;
}

const kindSpec = {
  eventType: text,
  events: int,
  lastTick: int,
  lastNearTick: nullable(int),
  withoutAgent: int,
  withoutPayment: int,
};

/** Fills the tables number `number`; undefined, and no tables, when the file knows no such run. */
export async function prepareRun(
  engine: Engine,
  scope: RunScope,
  number: number,
): Promise<PreparedRun | undefined> {
  const row = await readRunRow(engine, scope, undefined);
  const kinds = await queryRows(
    engine,
    sql`SELECT event_type, count(*) AS events, max(tick) AS last_tick,
        max(tick) FILTER (tick < ${nearTicks}) AS last_near_tick,
        count(*) - count(agent_id) AS without_agent, count(*) - count(tx_id) AS without_payment
      FROM ${eventsOfRun(scope)}
      AND event_type IS NOT NULL AND tick IS NOT NULL GROUP BY event_type ORDER BY event_type`,
    kindSpec,
  );
  if (row === undefined && kinds.length === 0 && !(await hasPayments(engine, scope))) return undefined;
  const run: RunTables = {
    scope,
    ...tablesOf(number),
    kinds: kinds.map(({ eventType }) => eventType),
    isLab: await isOfLab(engine, scope),
  };
  const { ticksPerDay, tickCount, refused } = lengthOf(row?.facts, row?.configJson, kinds);
  const configured = configuredAgents(row?.configJson);
  const stateAgents = await recordedAgents(engine, scope, 'tick_agent_states');
  const queueAgents = await recordedAgents(engine, scope, 'tick_queue_snapshots');
  const recorded = { states: stateAgents.length > 0, queues: queueAgents.length > 0 };

  await engine.query(createKinds(run));
  await engine.query(createArrivalTexts(run));
  await dropSecondArrivals(engine, run);
  const agents = await createAgents(engine, run, [...configured.keys(), ...stateAgents, ...queueAgents]);
  for (const create of [
    createArrivals,
    createEvents,
    createMembers,
    createSplits,
    createTransfers,
    createMoves,
    createPledges,
    createCaps,
    createCosts,
  ]) {
    await engine.query(create(run));
  }
  await engine.query(sql`DROP TABLE ${run.table('arrival_texts')}`);
  const pools = await nameUnnamedPools(engine, run, agents.length);
  const fractionOf = await readFractions(engine, scope, row?.facts, undefined);
  const isPosted = await isPostedInForce(engine, run, agents, configured);
  const openings = await readOpenings(engine, run, agents, configured, fractionOf, isPosted !== false);
  const { source, replay } = await playOffsets(engine, run, {
    isPosted,
    configJson: row?.configJson,
    settlements: row?.facts.settlements,
    agents,
    openings,
    ticksPerDay,
    tickCount,
  });
  await fillOffsets(engine, run, replay);
  if (source.kind === 'as logged') {
    await engine.query(createLoggedOffsets(run));
    await engine.query(addLoggedMoves(run));
  } else {
    if (source.kind === 'credited') await fillCreditedOffsets(engine, run);
    await engine.query(addPlayedMoves(run));
  }
  const isDisputed = source.kind === 'unknown';
  await engine.query(isDisputed ? createDisputed(run) : noDisputed(run));
  for (const create of [createLost, createSettled, createQueues, createPayments])
    await engine.query(create(run));
  await engine.query(createStarts(run, openings));
  const eventCount = kinds.reduce((sum, { events }) => sum + events, 0);
  const isRecorded = recorded.states || recorded.queues;
  await engine.query(createStates(run, tickCount, isRecorded ? 'replayed' : 'states'));
  if (isRecorded) {
    await engine.query(createRecorded(run, ticksPerDay));
    await engine.query(createRecordedStates(run, recorded, eventCount > 0));
  }
  const isBounded = isDisputed && !recorded.states;
  if (isBounded) {
    await engine.query(createBounds(run, recorded.queues));
    await engine.query(withoutDisputed(run));
  }
  return {
    ...run,
    facts: row?.facts,
    configJson: row?.configJson,
    agents,
    openings,
    eventTypes: new Map(kinds.map(({ eventType, events }) => [eventType, events])),
    eventCount,
    tickCount,
    ticksPerDay,
    refused,
    unnamed: {
      arrivals: kinds.find(({ eventType }) => eventType === 'Arrival')?.withoutPayment ?? 0,
      accruals: kinds.find(({ eventType }) => eventType === 'CostAccrual')?.withoutAgent ?? 0,
      pools,
    },
    lost: await readLost(engine, run),
    offsets: source,
    isBounded,
    notInForce: notInForce(run, row?.configJson, source, isPosted),
    recorded,
  };
}

/** By the mark that our lab leaves in the row of the run. */
async function isOfLab(engine: Engine, { fileId, simulationId }: RunScope): Promise<boolean> {
  const [row] = await queryRows(
    engine,
    sql`SELECT description FROM simulation_runs
      WHERE file_id = ${fileId} AND simulation_id = ${simulationId} LIMIT 1`,
    { description: nullable(text) },
  );
  return rulesOfMark(row?.description) !== undefined;
}

async function hasPayments(engine: Engine, { fileId, simulationId }: RunScope): Promise<boolean> {
  const [row] = await queryRows(
    engine,
    sql`SELECT count(*) AS payments FROM transactions
      WHERE file_id = ${fileId} AND simulation_id = ${simulationId}`,
    { payments: int },
  );
  return (row?.payments ?? 0) > 0;
}

/** Changes of the two queues of an agent by the end of each tick; value is what the payments are worth. */
function createQueues(run: RunTables): Sql {
  const into = (queue: Queue) => eventsInto(queue, run.isLab);
  const [queue1, queue2, none] = [into('queue 1'), into('queue 2'), into('neither')];
  const change = (queue: 1 | 2) => sql`((place = ${queue})::INTEGER - (before = ${queue})::INTEGER)`;
  return createTable(
    run,
    'queues',
    sql`WITH placed AS (
        SELECT tx, tick, seq, CASE WHEN ${kindIn(run, ...queue1)} THEN 1 WHEN ${kindIn(run, ...queue2)} THEN 2
          ELSE 0 END AS place, FALSE AS later
        FROM ${run.table('events')} WHERE tx IS NOT NULL AND ${kindIn(run, ...queue1, ...queue2, ...none)}
        UNION ALL SELECT tx, tick, seq, 0, TRUE FROM ${run.table('settled')}
      ), at_end AS (
        SELECT tx, tick, arg_max(place, seq::BIGINT * 2 + later::INTEGER) AS place FROM placed GROUP BY tx, tick
      ), steps AS (
        SELECT tx, tick, place, coalesce(lag(place) OVER (PARTITION BY tx ORDER BY tick), 0) AS before FROM at_end
      )
      SELECT s.tick, a.sender AS agent, sum(${change(1)})::BIGINT AS payments1,
        sum(${change(1)} * amount)::BIGINT AS value1, sum(${change(2)})::BIGINT AS payments2,
        sum(${change(2)} * amount)::BIGINT AS value2
      FROM steps s JOIN ${run.table('arrivals')} a USING (tx) WHERE place <> before GROUP BY s.tick, a.sender`,
  );
}

interface RunLength {
  readonly ticksPerDay: number | undefined;
  readonly tickCount: number;
  /** What the file claims beyond that, one sentence each. */
  readonly refused: readonly string[];
}

/** Ticks of the stored row, or up to the last event: the days of a row may be wrong (domain.md 3.6). */
export function lengthOf(
  facts: Pick<RunFacts, 'ticksPerDay' | 'dayCount'> | undefined,
  configJson: string | undefined,
  kinds: readonly { readonly lastTick: number; readonly lastNearTick: number | undefined }[],
): RunLength {
  const simulation = objectOf(configJson)?.simulation;
  const section = typeof simulation === 'object' && simulation !== null && !Array.isArray(simulation);
  const configured = (key: string) => (section ? numberField(simulation[key]) : undefined);
  const ticksPerDay = facts?.ticksPerDay ?? configured('ticks_per_day');
  const days = Math.max(facts?.dayCount ?? 0, configured('num_days') ?? 0);
  const claimed = (ticksPerDay ?? 0) * days;
  const last = kinds.reduce((most, { lastTick }) => Math.max(most, lastTick), -1);
  const lastNear = kinds.reduce((most, { lastNearTick = -1 }) => Math.max(most, lastNearTick), -1);
  const refused: string[] = [];
  if (claimed > nearTicks) {
    refused.push(
      `The stored length of ${formatCount(days)} days of ${formatCount(ticksPerDay ?? 0)} ticks cannot be replayed: the ticks up to the last event are shown.`,
    );
  }
  if (last >= nearTicks) {
    refused.push(
      `Events beyond tick ${formatCount(nearTicks - 1)} (the last is at ${formatCount(last)}) are listed and not replayed.`,
    );
  }
  return {
    ticksPerDay,
    tickCount: Math.max(claimed > nearTicks ? 0 : claimed, lastNear + 1),
    refused,
  };
}

/** Two runs are compared with each other. A million events take about 150 MB. */
const preparedRuns: MadeTables<RunScope, PreparedRun | undefined> = {
  name: 'preparedRuns',
  most: 4,
  make: prepareRun,
  drop: dropTables,
};

/** The tables of a run, filled when it is first asked for. Undefined when the file knows no such run. */
export function preparedRun(
  engine: QueryEngine,
  { fileId, simulationId }: RunScope,
): Promise<PreparedRun | undefined> {
  return engine.made(preparedRuns, { fileId, simulationId });
}
