import { afterAll, describe, expect, it } from 'vitest';

import { bootBlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { sql, type Sql } from '../lib/sql.ts';
import { moneyOfFile } from '../queries/resimulation.ts';
import { fileId, simulationId } from '../lib/ids.ts';
import type { RunCheckResult } from '../domain/answers/resimulation.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { writeLabFile, type LabFileRun } from '../testing/labFile.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { startChecker, type Checker, checkRun, type AskEngine, type CheckProgress } from './checkRun.ts';
import type { Request } from './protocol.ts';
import { createAnswerer } from './worker/runCheck.ts';

const engine = await bootBlockingEngine();
afterAll(() => engine.close());

const ask: AskEngine = (question) => question(engine, new AbortController().signal);
const scope = (id: string) => ({ fileId: fileId('f1'), simulationId: simulationId(id) });

/** The worker's own code without a thread; requests and replies are cloned as between threads. */
function checkerHere(onRequest: (request: Request) => void = () => undefined): Checker {
  const answer = createAnswerer();
  let reply: Parameters<Parameters<typeof startChecker>[0]['listen']>[0] = () => undefined;
  return startChecker({
    listen: (onReply) => (reply = onReply),
    postMessage(request) {
      onRequest(request);
      const answered = answer(structuredClone(request));
      queueMicrotask(() => reply(structuredClone(answered)));
    },
    terminate: () => undefined,
  });
}

async function check(run: LabFileRun, ...damage: readonly Sql[]): Promise<RunCheckResult> {
  await openFixtureOn(engine, await writeLabFile([run], damage));
  return checkRun(ask, checkerHere(), scope(run.id));
}

describe('a run of the lab', () => {
  it('is identical when nothing was touched, and its rows follow from its events', async () => {
    const progress: CheckProgress[] = [];
    await openFixtureOn(engine, await writeLabFile([{ id: 'x' }]));
    const result = await checkRun(ask, checkerHere(), scope('x'), (at) => progress.push(at));
    expect(result).toMatchObject({ resimulation: { kind: 'identical' }, violations: [] });
    expect(result.events).toBeGreaterThan(500);
    expect(progress.at(0)).toEqual({ comparedEvents: 0, allEvents: result.events });
    expect(progress.at(-1)).toEqual({ comparedEvents: result.events, allEvents: result.events });
  });

  it('is compared without per-tick rows too', async () => {
    expect(await check({ id: 'x', level: 'events' })).toMatchObject({
      resimulation: { kind: 'identical' },
      violations: [],
    });
  });

  it('shows both sides of the first event that differs, and the row that the events contradict', async () => {
    const amount = sql`UPDATE simulation_events SET details = replace(details, '"amount":', '"amount":1')
      WHERE event_id = (SELECT min_by(event_id, rowid) FROM simulation_events WHERE event_type = 'Arrival' AND tick = 3)`;
    const { resimulation, violations } = await check({ id: 'x' }, amount);
    if (resimulation.kind !== 'different') throw new Error(resimulation.kind);
    const { first } = resimulation;
    expect([first.tick, first.stored?.eventType, first.simulated?.eventType]).toEqual([
      3,
      'Arrival',
      'Arrival',
    ]);
    expect(first.stored?.details).toBe(first.simulated?.details.replace('"amount":', '"amount":1'));
    expect(violations.map(({ invariant }) => invariant)).toContain('INV-6');
    expect(violations.some(({ table }) => table === 'simulation_runs, transactions')).toBe(true);
  });

  it('differs at an event whose details are NULL', async () => {
    const { resimulation } = await check(
      { id: 'x' },
      sql`CREATE TABLE kept AS SELECT * REPLACE (CASE WHEN event_type <> 'Arrival' OR tick <> 3 THEN details END AS details)
        FROM simulation_events ORDER BY rowid`,
      sql`DROP TABLE simulation_events`,
      sql`ALTER TABLE kept RENAME TO simulation_events`,
    );
    if (resimulation.kind !== 'different') throw new Error(resimulation.kind);
    expect([resimulation.first.tick, resimulation.first.stored?.eventType]).toEqual([3, 'Arrival']);
  });

  it('misses an event at the end, and one too many', async () => {
    const last = sql`(SELECT max_by(event_id, (tick, rowid)) FROM simulation_events)`;
    const short = await check({ id: 'x' }, sql`DELETE FROM simulation_events WHERE event_id = ${last}`);
    expect(short.resimulation).toMatchObject({ kind: 'different', first: { index: short.events } });
    const long = await check(
      { id: 'x' },
      sql`INSERT INTO simulation_events SELECT 'one more', COLUMNS(* EXCLUDE event_id) FROM simulation_events
        WHERE event_id = ${last}`,
    );
    if (long.resimulation.kind !== 'different') throw new Error(long.resimulation.kind);
    expect(long.resimulation.first.index).toBe(long.events - 1);
    expect(long.resimulation.first.simulated).toBeUndefined();
  });

  it('notices half a cent, a changed balance and details that are no object', async () => {
    const half = sql`UPDATE simulation_events SET details = regexp_replace(details, '"amount":([0-9]+)', '"amount":\\1.5')
      WHERE event_id = (SELECT min_by(event_id, rowid) FROM simulation_events WHERE event_type = 'Arrival')`;
    const balance = sql`UPDATE tick_agent_states SET balance = balance + 1 WHERE tick = 5 AND agent_id = 'BANK_B'`;
    const found = await check({ id: 'x' }, half, balance);
    expect(found.violations).toContainEqual(
      expect.objectContaining({
        invariant: 'INV-1',
        message: expect.stringMatching(/Arrival: amount is \d+\.5/) as string,
      }),
    );
    expect(found.violations).toContainEqual(
      expect.objectContaining({ invariant: 'INV-6', table: 'tick_agent_states', tick: 5 }),
    );
    const submit = sql`UPDATE simulation_events SET details = '[]'
      WHERE event_id = (SELECT min_by(event_id, rowid) FROM simulation_events WHERE event_type = 'PolicySubmit')`;
    const list = await check({ id: 'x' }, submit);
    expect(list.resimulation).toMatchObject({ kind: 'different', first: { stored: { details: '[]' } } });
  });
});

it('reports an event at an absurd tick and replays the rest, without the two thousand million ticks before it', async () => {
  const last = sql`(SELECT max_by(event_id, (tick, rowid)) FROM simulation_events)`;
  const { resimulation, violations, events } = await check(
    { id: 'x' },
    sql`UPDATE simulation_events SET tick = 2147483647 WHERE event_id = ${last}`,
  );
  expect(resimulation).toMatchObject({ kind: 'different', first: { index: events - 1 } });
  expect(violations).toContainEqual(
    expect.objectContaining({
      invariant: 'INV-6',
      tick: 2_147_483_647,
      message: expect.stringContaining('beyond tick 999999, not replayed') as string,
    }),
  );
});

describe('what cannot be simulated again', () => {
  it.each<[string, LabFileRun, Sql[]]>([
    ['not-our-lab', { id: 'x' }, [sql`UPDATE simulation_runs SET description = 'by hand'`]],
    ['other-rules', { id: 'x' }, [sql`UPDATE simulation_runs SET description = 'Iterscope lab, rules 999'`]],
    ['no-scenario', { id: 'x' }, [sql`UPDATE simulations SET config_json = NULL`]],
    ['no-scenario', { id: 'x', level: 'summary' }, []],
    ['events-gone', { id: 'x' }, [sql`DELETE FROM simulation_events`]],
    ['bad-scenario', { id: 'x' }, [sql`UPDATE simulations SET config_json = '{"agents": []}'`]],
    [
      'bad-scenario',
      { id: 'x' },
      [
        sql`UPDATE simulations SET config_json = regexp_replace(config_json, '"num_days": *[0-9]+', '"num_days": 2147483647')`,
      ],
    ],
    [
      'bad-policy',
      { id: 'x' },
      [sql`UPDATE policy_snapshots SET policy_json = replace(policy_json, 'Release', 'Levitate')`],
    ],
  ])('%s', async (obstacle, run, damage) => {
    const { resimulation, events } = await check(run, ...damage);
    expect(resimulation).toMatchObject({ kind: 'cannot', obstacle });
    expect(events).toBe(0);
  });

  it('is a run that nobody knows, and one of the original', async () => {
    await openFixtureOn(engine, await writeFixture('standalone-A', { runs: [{ id: 'theirs' }] }));
    const obstacleOf = async (id: string) => (await checkRun(ask, checkerHere(), scope(id))).resimulation;
    expect(await obstacleOf('nobody')).toMatchObject({ obstacle: 'no-row' });
    expect(await obstacleOf('theirs')).toMatchObject({ obstacle: 'not-our-lab' });
  });

  it('is one whose policy breaks down where it did not before', async () => {
    const broken = sql`UPDATE policy_snapshots
      SET policy_json = replace(policy_json, '{"value":150}', '{"compute":{"op":"/","left":{"value":1},"right":{"value":0}}}')
      WHERE agent_id = 'BANK_B'`;
    const { resimulation } = await check({ id: 'x' }, broken);
    expect(resimulation).toMatchObject({ kind: 'cannot', obstacle: 'stopped' });
  });
});

describe('money of a file', () => {
  it('is BIGINT, or named', async () => {
    const narrow = sql`ALTER TABLE tick_agent_states ALTER COLUMN delay_cost TYPE INTEGER`;
    await openFixtureOn(engine, await writeLabFile([{ id: 'x' }]));
    expect(await moneyOfFile(engine, scope('x'))).toEqual([]);
    await openFixtureOn(engine, await writeLabFile([{ id: 'x' }], [narrow]));
    expect((await moneyOfFile(engine, scope('x'))).map(({ subject }) => subject)).toEqual([
      'tick_agent_states.delay_cost',
    ]);
  });
});
