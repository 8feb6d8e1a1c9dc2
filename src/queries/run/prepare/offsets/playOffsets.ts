import {
  factKinds,
  OffsettingReplay,
  type RunFact,
  type FactKind,
} from '../../../../domain/offsetting/replay.ts';
import type { OffsettingRules } from '../../../../domain/offsetting/state.ts';
import {
  eventTypesWhere,
  nearTicks,
  offsetEvents,
  poolEvents,
  settlingEvents,
} from '../../../../domain/events.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { bigInt, int, nullable, queryRows } from '../../../../engine/rows.ts';
import { join, sql, type Sql } from '../../../../lib/sql.ts';
import type { AgentId } from '../../../../lib/ids.ts';
import { collectInSlices } from '../../../read/slices.ts';
import type { Opening } from '../openings.ts';
import {
  agentNumber,
  createTable,
  kindIn,
  occurs,
  withDetails,
  type RunTables,
  wayNumber,
} from '../tables.ts';
import { lsmOf, configReadings, offsettingRulesOf, statedKeys, type ConfigReading } from './readings.ts';
import { integerIn, textIn, textsIn } from '../../../read/eventFields.ts';

/** What the settlements by offsetting rest on. */
export type OffsetSource =
  /** Nothing was set off, and nothing can have settled without an event. */
  | { readonly kind: 'none' }
  /** A file of our lab: an offset event is a settlement. */
  | { readonly kind: 'as logged' }
  | { readonly kind: 'played'; readonly reading: ConfigReading }
  /** The step cannot be played, but deferred credits name what settled; `reason` is a sentence. */
  | { readonly kind: 'credited'; readonly reason: string }
  /** The step cannot be played: what it moves is known within bounds only. */
  | { readonly kind: 'unknown'; readonly reason: string };

export interface PlayedOffsets {
  readonly source: OffsetSource;
  readonly replay: OffsettingReplay | undefined;
}

export interface OffsetInputs {
  /** Whether collateral stated from the start was in force; undefined where nothing tells. */
  readonly isPosted: boolean | undefined;
  readonly configJson: string | undefined;
  /** Payments that settled by the stored count; undefined where there is none. */
  readonly settlements: number | undefined;
  readonly agents: readonly AgentId[];
  readonly openings: ReadonlyMap<AgentId, Opening>;
  readonly ticksPerDay: number | undefined;
  readonly tickCount: number;
}

/** Plays the offsetting step of a run where it can matter; long runs in which it cannot are not read. */
export async function playOffsets(
  engine: Engine,
  run: RunTables,
  inputs: OffsetInputs,
): Promise<PlayedOffsets> {
  const { configJson, agents } = inputs;
  const given = (source: OffsetSource): PlayedOffsets => ({ source, replay: undefined });
  const hasCredits = occurs(run, 'DeferredCreditApplied');
  const unknown = (reason: string) => given({ kind: hasCredits ? 'credited' : 'unknown', reason });
  const told = occurs(run, ...offsetEvents);
  if (run.isLab) return given({ kind: told ? 'as logged' : 'none' });
  const lsm = lsmOf(configJson);
  if (!told && !(await canBeSilent(engine, run, inputs))) return given({ kind: 'none' });
  if (lsm === undefined) {
    return unknown('The file stores no configuration of the run, so its offsetting cannot be played again.');
  }
  if (!lsm.pairs && !lsm.cycles) {
    return unknown('Offsets are recorded though the stored configuration switches them off.');
  }
  const opened = agents.map((agent) => inputs.openings.get(agent)?.balanceCents);
  const start = opened.filter((balance) => balance !== undefined);
  if (start.length < agents.length) {
    return unknown('A start balance is not known, so the offsetting of the run cannot be played again.');
  }
  const candidates = candidatesOf(run, inputs, hasCredits).map(
    ([reading, rules]) => [reading, new OffsettingReplay(rules, start, inputs.ticksPerDay)] as const,
  );
  await engine.query(createFacts(run));
  // The likelier reading stands when it agrees; the other is played only when it does not.
  let agreeing: (typeof candidates)[number] | undefined;
  for (const candidate of candidates) {
    // Whether a reading without any recorded offset settles anything is asked below.
    const isRefuted = () =>
      candidate[1].contradictions.length > 0 && (told || candidate[1].settlements.length > 0);
    await play(engine, run, candidate[1], isRefuted);
    if (!isRefuted()) candidate[1].finish(inputs.tickCount);
    if (candidate[1].contradictions.length > 0) continue;
    agreeing = candidate;
    break;
  }
  await engine.query(sql`DROP TABLE ${run.table('facts')}`);
  if (agreeing !== undefined) {
    return { source: { kind: 'played', reading: agreeing[0] }, replay: agreeing[1] };
  }
  // No offset is recorded and no reading settles anything: what contradicts has another cause.
  if (!told && candidates.every(([, replay]) => replay.settlements.length === 0)) {
    return given({ kind: 'none' });
  }
  const [first] = candidates[0]?.[1].contradictions ?? [];
  const what =
    first?.about === 'recorded balance' ? 'a recorded balance is not' : 'the recorded offsets are not';
  return unknown(
    `Played again, the offsetting of the run contradicts its events: at tick ${first?.tick ?? 0} ${what} what the stored configuration gives.`,
  );
}

/** Up to the last fact, or to the block of facts in which it is refuted. */
async function play(
  engine: Engine,
  run: RunTables,
  replay: OffsettingReplay,
  isRefuted: () => boolean,
): Promise<void> {
  for await (const facts of readFacts(engine, run)) {
    await collectInSlices(
      (function* () {
        for (const fact of facts) {
          replay.apply(fact);
          yield;
        }
      })(),
      undefined,
    );
    if (isRefuted()) return;
  }
}

/**
 * Whether payments can have settled without any event: after a refused cycle, for which three banks must have
 * waited in Queue 2. Not so where the stored count is that of the payments with a settlement of their own and no
 * recorded balance contradicts them.
 */
async function canBeSilent(engine: Engine, run: RunTables, inputs: OffsetInputs): Promise<boolean> {
  const { configJson, settlements, openings } = inputs;
  if (lsmOf(configJson)?.cycles !== true || !occurs(run, 'QueuedRtgs')) return false;
  const [row] = await queryRows(
    engine,
    sql`SELECT count(DISTINCT sender) FILTER (${kindIn(run, 'QueuedRtgs')}) AS banks,
        count(DISTINCT tx) FILTER (${kindIn(run, ...settlingEvents)}) AS settled
      FROM ${run.table('events')} WHERE ${kindIn(run, 'QueuedRtgs', ...settlingEvents)}`,
    { banks: int, settled: int },
  );
  if ((row?.banks ?? 0) < 3) return false;
  const isWhole = [...openings.values()].every(({ isContradicted }) => !isContradicted);
  // A whole that was split counts beside its parts; and what was in force only the played step can tell.
  const isPlain =
    !occurs(run, 'PolicySplit') && statedKeys(configJson, (type) => occurs(run, type)).length === 0;
  return !(isPlain && isWhole && row?.settled === settlements);
}

/** The readings to try, the likelier one first; one only where they say the same. */
function candidatesOf(
  run: RunTables,
  { configJson, agents, isPosted }: OffsetInputs,
  hasCredits: boolean,
): readonly (readonly [ConfigReading, OffsettingRules])[] {
  const isProven =
    isPosted === true || statedKeys(configJson, (type) => occurs(run, type)).some(({ proven }) => proven);
  const order = isProven ? [...configReadings].reverse() : configReadings;
  const found = order.flatMap((reading) => {
    const rules = offsettingRulesOf(reading, configJson, agents, hasCredits);
    return rules === undefined ? [] : [[reading, rules] as const];
  });
  const [first, second] = found;
  const same = first !== undefined && second !== undefined && isSame(first[1], second[1]);
  return same ? found.slice(0, 1) : found;
}

/** What the configuration states and neither events nor the reading that agrees show, in words. */
export function notInForce(
  run: RunTables,
  configJson: string | undefined,
  source: OffsetSource,
  isPosted: boolean | undefined,
): readonly string[] {
  if (run.isLab || isPosted === true) return [];
  const keys = statedKeys(configJson, (type) => occurs(run, type));
  if (keys.some(({ proven }) => proven)) return [];
  const known = source.kind === 'played' && source.reading === 'as the command line runs';
  return known || isPosted === false ? keys.map(({ words }) => words) : [];
}

function isSame(first: OffsettingRules, second: OffsettingRules): boolean {
  return first.banks.every((bank, number) => {
    const other = second.banks[number];
    return bank.posted === other?.posted && bank.haircut === other.haircut && bank.limits === other.limits;
  });
}

const endOfTick = eventTypesWhere(({ afterOffsetting }) => afterOffsetting === true);

const kindNumber = (kind: FactKind): Sql => sql`${factKinds.indexOf(kind)}::UTINYINT`;
const none = sql`NULL::BIGINT`;

/**
 * Table `facts`: what moves money, queues, collateral and caps, and where in each tick the offsetting step is, in
 * the order of the events.
 */
function createFacts(run: RunTables): Sql {
  const events = run.table('events');
  const place = sql`SELECT tick, min(seq) FILTER (${kindIn(run, ...offsetEvents)}) AS first_offset,
      max(seq) FILTER (NOT ${kindIn(run, ...endOfTick)}) AS last_early, min(seq) AS first
    FROM ${events} GROUP BY tick`;
  const ofPayment = (kind: FactKind, type: string) => sql`SELECT e.seq, e.tick, 0 AS later,
      ${kindNumber(kind)} AS what, e.tx, a.sender AS bank, a.receiver AS counterparty, a.amount, ${none} AS second
    FROM ${events} e JOIN ${run.table('arrivals')} a USING (tx) WHERE ${kindIn(run, type)}`;
  const pair = (
    kind: FactKind,
    type: string,
    a: string,
    b: string,
  ) => sql`SELECT seq, tick, 1, ${kindNumber(kind)}, NULL,
      ${agentNumber(run, textIn('agent_a'))}, ${agentNumber(run, textIn('agent_b'))}, ${integerIn(a)},
      ${integerIn(b)} FROM ${withDetails(run, type)}`;
  const parts = [
    ofPayment('queued', 'QueuedRtgs'),
    ofPayment('withdrawn', 'RtgsWithdrawal'),
    sql`SELECT seq, tick, 0, CASE WHEN how = ${wayNumber('transfer')} OR tx IS NULL THEN ${kindNumber('transfer')}
        ELSE ${kindNumber('settled')} END, tx, sender, receiver, amount, recorded_before
      FROM ${run.table('transfers')}`,
    sql`SELECT m.seq, m.tick, 0, ${kindNumber('pool')}, NULL, m.agent, NULL, m.cents, m.recorded_before
      FROM ${run.table('moves')} m JOIN ${events} e USING (seq)
      WHERE ${kindIn(run, ...poolEvents)}`,
    sql`SELECT seq, tick, 0, ${kindNumber('posted')}, NULL, agent, NULL, new_total, ${none}
      FROM ${run.table('pledges')} WHERE new_total IS NOT NULL`,
    sql`SELECT seq, tick, 0, ${kindNumber('cap')}, NULL, agent, NULL, delta, ${none}
      FROM ${run.table('caps')}`,
    sql`SELECT seq, tick, 0, ${kindNumber('credited')}, NULL, agent, NULL, ${none}, ${none}
      FROM ${events} WHERE ${kindIn(run, 'DeferredCreditApplied')}`,
    pair('pair', 'LsmBilateralOffset', 'amount_a', 'amount_b'),
    pair('pair at entry', 'EntryDispositionOffset', 'incoming_amount', 'queued_amount'),
    sql`SELECT seq, tick, 1, ${kindNumber('cycle')}, NULL, ${agentNumber(run, sql`agents[1]`)}, NULL, total, ${none}
      FROM (SELECT seq, tick, ${textsIn('agents')} AS agents, ${integerIn('total_value')} AS total
        FROM ${withDetails(run, 'LsmCycleSettlement')})`,
    sql`SELECT coalesce(first_offset, last_early, first), tick,
        CASE WHEN first_offset IS NOT NULL THEN 0 WHEN last_early IS NOT NULL THEN 2 ELSE -1 END,
        ${kindNumber('step')}, NULL, NULL, NULL, ${none}, ${none} FROM (${place})`,
  ];
  return createTable(
    run,
    'facts',
    sql`SELECT (row_number() OVER (ORDER BY seq, later) - 1)::INTEGER AS no, * EXCLUDE (later)
      FROM (${join(parts, ' UNION ALL ')}) WHERE tick < ${nearTicks} ORDER BY no`,
  );
}

const spec = {
  seq: int,
  tick: int,
  what: int,
  tx: nullable(int),
  bank: nullable(int),
  counterparty: nullable(int),
  amount: nullable(bigInt),
  second: nullable(bigInt),
};

/** Facts held at a time. */
const block = 20_000;

/** Facts in their order, block by block, so that a long run is never in memory whole. */
async function* readFacts(engine: Engine, run: RunTables): AsyncGenerator<readonly RunFact[]> {
  for (let from = 0; ; from += block) {
    const rows = await queryRows(
      engine,
      sql`SELECT seq, tick, what, tx, bank, counterparty, amount, second FROM ${run.table('facts')}
        WHERE no >= ${from} AND no < ${from + block} ORDER BY no`,
      spec,
    );
    yield rows.flatMap(({ what, ...fact }) => {
      const kind = factKinds[what];
      return kind === undefined ? [] : [{ ...fact, what: kind }];
    });
    if (rows.length < block) return;
  }
}
