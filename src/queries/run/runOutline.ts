import { listOf } from '../../lib/format.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, queryRows } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { ActivityBucket, RunOutline } from '../../domain/answers/runs.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { preparedRun, type PreparedRun } from './prepare/prepareRun.ts';
import { unreadableWords, type Loss } from '../../domain/unreadable.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Opening } from './prepare/openings.ts';

/** Marks that a chart over the whole run has room for. */
export const mostMarks = 600;

/** What a replay needs to know before its first tick; undefined when the file knows no such run. */
export const runOutline = defineQuery({
  name: 'runOutline',
  scope: 'run',
  async run(engine, scope: RunScope, signal): Promise<RunOutline | undefined> {
    const run = await preparedRun(engine, scope);
    if (run === undefined) return undefined;
    const { tickCount, ticksPerDay, agents, eventCount, eventTypes } = run;
    return {
      tickCount,
      ticksPerDay,
      agents,
      eventCount,
      eventTypes,
      isLab: run.isLab,
      activity: await readActivity(engine, run, signal),
      stateSource: run.recorded.states ? 'tick states' : 'events',
      gaps: gapsOf(run),
      notes: notesOf(run),
    };
  },
});

async function readActivity(
  engine: Engine,
  run: PreparedRun,
  signal: AbortSignal | undefined,
): Promise<readonly ActivityBucket[]> {
  const width = Math.max(1, Math.ceil(run.tickCount / mostMarks));
  const rows = await queryRows(
    engine,
    sql`SELECT tick // ${width} AS bucket, count(*) AS events FROM ${run.table('events')} GROUP BY bucket`,
    { bucket: int, events: int },
    signal,
  );
  const counts = new Map(rows.map(({ bucket, events }) => [bucket, events]));
  return Array.from({ length: Math.ceil(run.tickCount / width) }, (_, bucket) => ({
    fromTick: bucket * width,
    toTick: Math.min(run.tickCount, (bucket + 1) * width) - 1,
    events: counts.get(bucket) ?? 0,
  }));
}

/** More names than this make a sentence that nobody reads. */
const mostNames = 5;

/** `A, B and C`, `A, B, C, D and 14 others`. */
export function inWords(agents: readonly AgentId[]): string {
  const named = agents.length > mostNames ? agents.slice(0, mostNames - 1) : agents;
  const rest = agents.length - named.length;
  return listOf([...named, ...(rest === 0 ? [] : [`${rest} others`])]);
}

/** What the configuration states and the run was not played with, one sentence. */
function notesOf({ notInForce }: PreparedRun): readonly string[] {
  if (notInForce.length === 0) return [];
  const words = listOf(notInForce);
  return [
    `The configuration states ${words}, but the run was played without: the command line of the original leaves that out.`,
  ];
}

/** Of a replayed state, in words. */
const shownLosses: Readonly<Partial<Record<Loss, string>>> = {
  balance: 'balances',
  queue: 'queues',
  cost: 'costs',
  collateral: 'collateral',
  cap: 'unsecured caps',
};

/** What the replayed state cannot know, one sentence each. */
function gapsOf(run: PreparedRun): readonly string[] {
  const without = (read: (opening: Opening) => unknown) =>
    run.agents.filter((agent) => {
      const opening = run.openings.get(agent);
      return opening === undefined || read(opening) === undefined;
    });
  const balances = without(({ balanceCents }) => balanceCents);
  const collateral = without(({ postedCents }) => postedCents);
  if (run.eventCount === 0 && run.recorded.states) {
    return [
      ...run.refused,
      'The file records no events of this run: balances and collateral are those stored per tick; costs, payments and moves of money are not known.',
    ];
  }
  if (run.eventCount === 0) {
    return [
      ...run.refused,
      'The file records no events of this run, so nothing is known of its ticks but the payments it stores.',
    ];
  }
  const gaps: string[] = [...run.refused];
  if (balances.length > 0 && !run.recorded.states) {
    gaps.push(
      `The start balance of ${inWords(balances)} is not known: no event records a balance, and the file does not say what was allocated.`,
    );
  }
  if (collateral.length > 0 && !run.recorded.states) {
    gaps.push(
      `Posted collateral of ${inWords(collateral)} is not known: no event changes it, and the file stores no configuration of the run.`,
    );
  }
  if (run.unnamed.arrivals > 0) {
    gaps.push(
      'The events do not name the payment that they are about, so queues and single payments are not known.',
    );
  }
  if (run.unnamed.accruals > 0) {
    gaps.push('Cost accruals do not name their agent, so only the costs of all agents together are known.');
  }
  if (run.unnamed.pools > 0 && !run.recorded.states) {
    gaps.push('Pools were allocated or returned without a name, so balances after that are not complete.');
  }
  const unreadable = unreadableWords(run.lost.events);
  if (unreadable !== undefined) {
    const lost = [...run.lost.what].flatMap((loss) => shownLosses[loss] ?? []);
    const words = listOf(lost);
    gaps.push(
      lost.length === 0
        ? `${unreadable}.`
        : `${unreadable}. From there on ${words} of the banks concerned are unknown.`,
    );
  }
  if (run.offsets.kind === 'unknown') {
    gaps.push(
      `${run.offsets.reason} The original records offsets that it refused and leaves out what settles after one, so ${shownWithin(run)}.`,
    );
  }
  if (run.offsets.kind === 'credited') {
    gaps.push(`${run.offsets.reason} Deferred credits name what settled in each tick, and that is shown.`);
  }
  return gaps;
}

const shownWithin = ({ isBounded }: PreparedRun): string =>
  isBounded
    ? 'a payment in Queue 2 may have settled or not: balances, Queue 2 and settlements are given between what they are if none of them did and if all did'
    : 'which payments settled is not known; balances are those stored per tick';
