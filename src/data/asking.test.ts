import { QueryObserver, type QueryClient } from '@tanstack/react-query';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Engine } from '../engine/engine.ts';
import { EngineError } from '../engine/errors.ts';
import { experimentId, fileId, type FileId } from '../lib/ids.ts';
import { sql } from '../lib/sql.ts';
import { contradictions } from '../queries/fileFindings.ts';
import { deskQueue } from '../queries/deskQueue.ts';
import { experimentDetail, experimentFacts } from '../queries/experimentDetail.ts';
import { experimentList } from '../queries/experimentList.ts';
import { experimentHolders } from '../queries/findable.ts';
import { iterationDetail } from '../queries/iterationDetail.ts';
import { listDetails } from '../queries/listDetails.ts';
import { policyHistory } from '../queries/policyHistory.ts';
import { defineQuery, type QueryEngine, type Question } from '../queries/query.ts';
import { writeFixture } from '../testing/fixtures/writeFixture.ts';
import { firstFile, openFixture } from '../testing/openFixture.ts';
import { optionsOf, createQueryClient, forgetClosedFiles } from './asking.ts';
let engine: Engine;
let client: QueryClient;
const session = { ask: <T>(question: (own: Engine) => Promise<T>): Promise<T> => question(engine) };
const ask = <T>(question: Question<T>) => client.query(optionsOf(session, question));
const watch = <T>(question: Question<T>, isAhead?: () => boolean) =>
  new QueryObserver(client, {
    ...optionsOf(session, question),
    ...(isAhead === undefined ? {} : { meta: { isAhead } }),
  }).subscribe(() => undefined);
const askedBy = () => engine.log.entries().map((entry) => entry.askedBy);

beforeAll(async () => {
  const iterations = [0, 1].map((iteration) => ({ experiment: 'e', iteration, costs: { A: 5 } }));
  const runs = ['e-sim-001-init', 'e-sim-002-init'].map((id) => ({ id, experiment: 'e', seed: 1 }));
  const announced = { simulation_id: 'e-sim-001-init', purpose: 'init', seed: 1, num_events: 7 };
  const events = [{ experiment: 'e', iteration: 0, type: 'simulation_run', data: announced }];
  const path = await writeFixture('B-V5', { experiments: [{ id: 'e' }], iterations, runs, events });
  ({ engine } = await openFixture(path));
});
beforeEach(() => {
  client = createQueryClient();
});

describe('the judged iterations of an experiment', () => {
  const one = { ...firstFile, experimentId: experimentId('e') };
  const readings = (before: number) =>
    askedBy()
      .slice(before)
      .filter((name) => name.startsWith('judged')).length;

  it('are found once for list, page, desk, history and checks of a file', async () => {
    const before = askedBy().length;
    await Promise.all([ask(listDetails.about(firstFile)), ask(deskQueue.about(firstFile))]);
    const once = readings(before);
    expect(once).toBeGreaterThan(0);
    await ask(contradictions.about(firstFile));
    const detail = await ask(experimentDetail.about(one));
    await ask(policyHistory.about(one));
    expect(detail?.iterations).toHaveLength(2);
    expect(readings(before)).toBe(once);
  });

  it('are found once for page, desk, history and checks of one experiment', async () => {
    const before = askedBy().length;
    await ask(experimentDetail.about(one));
    const once = readings(before);
    await ask(deskQueue.about(one));
    await ask(policyHistory.about(one));
    await ask(contradictions.about(one));
    expect(readings(before)).toBe(once);
  });
});

describe('what the list has found of a whole file', () => {
  const one = { ...firstFile, experimentId: experimentId('e') };
  it('is not looked for again on the page of one of its experiments', async () => {
    const alone = [await ask(contradictions.about(one)), await ask(experimentFacts.about(one))];
    client = createQueryClient();
    await ask(listDetails.about(firstFile));
    const found = await ask(contradictions.about(firstFile));
    expect(found.map((answer) => answer.found.map(({ code }) => code))).toEqual([['run-events']]);
    const before = askedBy().length;
    expect([await ask(contradictions.about(one)), await ask(experimentFacts.about(one))]).toEqual(alone);
    expect(askedBy().slice(before)).toEqual(['experimentFacts', 'experimentFacts']);
  });

  it('holds the runs of an experiment, which page and iterations match themselves', async () => {
    await ask(contradictions.about(firstFile));
    const before = askedBy().length;
    const ofPage = await ask(experimentDetail.about(one));
    const ofIteration = await ask(iterationDetail.about({ ...one, iteration: 1 }));
    expect(ofPage?.runs.map(({ simulationId, iteration }) => [simulationId, iteration])).toEqual([
      ['e-sim-001-init', 0],
      ['e-sim-002-init', 1],
    ]);
    expect(ofIteration?.runs).toEqual(ofPage?.runs.slice(1));
    expect(askedBy().slice(before)).not.toContain('recordedRuns');
  });
});

describe('an answer that others build on', () => {
  interface Part {
    readonly fileId: FileId;
    readonly part: number;
  }
  let times = 0;
  let isCancelled = false;
  let go: () => void = () => undefined;
  const part = defineQuery(
    {
      name: 'part',
      scope: 'one file',
      async run(own: QueryEngine, { part: number }: Part, signal): Promise<number> {
        times += 1;
        await new Promise<void>((resolve, reject) => {
          go = resolve;
          signal?.addEventListener('abort', () => {
            isCancelled = true;
            reject(new Error('cancelled'));
          });
          if (number > 0) resolve();
        });
        await own.query(sql`SELECT 1`, signal);
        return number;
      },
    },
    { weightOf: (number) => number, most: 10 },
  );
  const whole = (name: string) =>
    defineQuery({
      name,
      scope: 'one file',
      run: (own: QueryEngine, params: Part, signal): Promise<number> => own.ask(part.about(params), signal),
    });
  const [left, right] = [whole('left'), whole('right')];
  const slow = { ...firstFile, part: 0 };
  beforeEach(() => {
    times = 0;
    isCancelled = false;
  });

  it('is asked once, and given up only when nobody waits for it any more', async () => {
    const leaveLeft = watch(left.about(slow));
    const leaveRight = watch(right.about(slow));
    leaveLeft();
    await Promise.resolve();
    expect([times, isCancelled]).toEqual([1, false]);
    leaveRight();
    await Promise.resolve();
    expect([times, isCancelled]).toEqual([1, true]);
  });

  it('is ahead as long as everybody who waits for it is', async () => {
    const before = askedBy().length;
    watch(left.about(slow), () => true);
    const screen = engine.query(sql`SELECT 2`, undefined, { name: 'screen' });
    go();
    await screen;
    watch(right.about(slow));
    await client.query(optionsOf(session, right.about(slow)));
    expect(askedBy().slice(before)).toEqual(['screen', 'part']);
  });

  it('fails as it failed, and is not asked again for the one that builds on it', async () => {
    const failure = new EngineError('crashed', 'memory access out of bounds', 'SELECT 1');
    const failing = defineQuery({
      name: 'failing',
      scope: 'one file',
      async run(own: QueryEngine, params: Part): Promise<number> {
        times += 1;
        await own.query(sql`SELECT ${params.part}`);
        throw failure;
      },
    });
    const above = defineQuery({
      name: 'above',
      scope: 'one file',
      run: (own: QueryEngine, params: Part): Promise<number> => own.ask(failing.about(params)),
    });
    const twice = {
      ask: <T>(question: (own: Engine) => Promise<T>): Promise<T> =>
        question(engine).catch((cause: unknown) => {
          if (cause instanceof EngineError) return question(engine);
          throw cause;
        }),
    };
    await expect(client.query(optionsOf(twice, above.about(slow)))).rejects.toBe(failure);
    expect(times).toBe(2);
  });

  it('is kept within its budget, the oldest go first, and one that is too heavy is not kept', async () => {
    const kept = () =>
      client
        .getQueryCache()
        .findAll({ queryKey: ['part'] })
        .map(({ state }) => state.data);
    for (const number of [4, 5]) await ask(left.about({ ...firstFile, part: number }));
    expect(kept()).toEqual([4, 5]);
    await ask(left.about({ ...firstFile, part: 3 }));
    expect(kept()).toEqual([5, 3]);
    expect(await ask(left.about({ ...firstFile, part: 11 }))).toBe(11);
    expect(kept()).not.toContain(11);
  });
});

it('what runs gets the very parameters of the key, and no answer at all becomes null', async () => {
  const given: unknown[] = [];
  const nothing = defineQuery({
    name: 'nothing',
    scope: 'one file',
    run(_engine, params: { readonly fileId: FileId; readonly part: number }): Promise<undefined> {
      given.push(params);
      return Promise.resolve(undefined);
    },
  });
  const question = nothing.about({ ...firstFile, part: 3 });
  expect(question.key).toEqual(['nothing', ['f1'], { fileId: 'f1', part: 3 }]);
  expect(await ask(question)).toBe(null);
  expect(given[0]).toBe(question.key[2]);
});

it('answers about a file go when it is closed, those about several files with the first of them', async () => {
  const fileIds = [fileId('f1'), fileId('f2')];
  const both = experimentHolders.about({ fileIds, experimentId: experimentId('e') });
  await ask(experimentList.about(firstFile));
  await ask(both);
  client.setQueryData(['app', 'samples'], []);
  let files = fileIds.map((id) => ({ fileId: id }));
  let closed: () => void = () => undefined;
  const subscribe = (listener: () => void) => {
    closed = listener;
    return () => undefined;
  };
  forgetClosedFiles({ subscribe, getState: () => ({ files }) }, client);
  const names = () =>
    client
      .getQueryCache()
      .findAll()
      .map(({ queryKey }) => queryKey.slice(0, 2));
  files = [{ fileId: fileId('f1') }];
  closed();
  expect(names()).toEqual([
    ['experimentList', ['f1']],
    ['app', 'samples'],
  ]);
  files = [];
  closed();
  expect(names()).toEqual([['app', 'samples']]);
});
