import { OffsettingReplay } from '../../../../domain/offsetting/replay.ts';
import type { OffsettingRules } from '../../../../domain/offsetting/rules.ts';
import { offsetEvents } from '../../../../domain/events.ts';
import type { Engine } from '../../../../engine/engine.ts';
import { int, queryRows } from '../../../../engine/rows.ts';
import { sql } from '../../../../lib/sql.ts';
import type { AgentId } from '../../../../lib/ids.ts';
import { collectInSlices } from '../../../read/slices.ts';
import type { Opening } from '../openings.ts';
import { kindIn, occurs, type RunTables } from '../tables.ts';
import { createFacts, readFacts } from './facts.ts';
import { lsmOf, readings, rulesOf, statedKeys, type Reading } from './readings.ts';

/** What the settlements by offsetting rest on. */
export type OffsetSource =
  /** Nothing was set off, and nothing can have settled without an event. */
  | { readonly kind: 'none' }
  /** A file of our lab: an offset event is a settlement. */
  | { readonly kind: 'as logged' }
  | { readonly kind: 'played'; readonly reading: Reading }
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
  if (!told && !(await canBeSilent(engine, run, lsm))) return given({ kind: 'none' });
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
    await play(engine, run, candidate[1]);
    candidate[1].finish(inputs.tickCount);
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

async function play(engine: Engine, run: RunTables, replay: OffsettingReplay): Promise<void> {
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
  }
}

/**
 * Whether payments can have settled without any event: after a refused cycle, for which three banks must have
 * waited in Queue 2.
 */
async function canBeSilent(engine: Engine, run: RunTables, lsm: ReturnType<typeof lsmOf>): Promise<boolean> {
  if (lsm?.cycles !== true || !occurs(run, 'QueuedRtgs')) return false;
  const [row] = await queryRows(
    engine,
    sql`SELECT count(DISTINCT sender) AS banks FROM ${run.table('events')} WHERE ${kindIn(run, 'QueuedRtgs')}`,
    { banks: int },
  );
  return (row?.banks ?? 0) >= 3;
}

/** The readings to try, the likelier one first; one only where they say the same. */
function candidatesOf(
  run: RunTables,
  { configJson, agents, isPosted }: OffsetInputs,
  hasCredits: boolean,
): readonly (readonly [Reading, OffsettingRules])[] {
  const isProven =
    isPosted === true || statedKeys(configJson, (type) => occurs(run, type)).some(({ proven }) => proven);
  const order = isProven ? [...readings].reverse() : readings;
  const found = order.flatMap((reading) => {
    const rules = rulesOf(reading, configJson, agents, hasCredits);
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
