import { expect, test } from 'vitest';

import { readKept, type ReviewChanges, type ReviewDatabase } from './reviewDatabase.ts';
import { judgementBy, keyText, proposalKey, type ReviewsByProposal } from './review.ts';
import { ReviewStore } from './useReviews.ts';
import { formatSideCar, parseSideCar } from './sideCar.ts';

const key = proposalKey('exp2-a', 9, 'BANK_B');
const other = proposalKey('exp2-a', 10, 'BANK_B');

/** A database over a map, which two stores may share as two tabs do. */
function sharedDatabase() {
  const kept = new Map<string, NonNullable<ReturnType<ReviewsByProposal['get']>>>();
  const tabs: ((changes: ReviewChanges | 'cleared') => void)[] = [];
  const database = (): ReviewDatabase => {
    let own: (typeof tabs)[number] | undefined;
    const tell = (news: ReviewChanges | 'cleared') => {
      for (const tab of tabs) if (tab !== own) tab(news);
    };
    return {
      load: () => Promise.resolve({ byProposal: new Map(kept), unreadable: [] }),
      save: (changes) => {
        for (const [text, review] of changes) {
          if (review === undefined) kept.delete(text);
          else kept.set(text, review);
        }
        tell(changes);
        return Promise.resolve();
      },
      clear: () => {
        kept.clear();
        tell('cleared');
        return Promise.resolve();
      },
      watch: (heard) => {
        own = heard;
        tabs.push(heard);
      },
    };
  };
  return { kept, database };
}

function nameStorage(name?: string) {
  const kept = { name };
  return { kept, load: () => kept.name, save: (next: string) => void (kept.name = next) };
}

const now = () => new Date('2026-11-25T10:00:00Z');
const idle = () => new Promise((resolve) => setTimeout(resolve));

async function startedStore(database: ReviewDatabase, name = 'Anna') {
  const store = new ReviewStore({ database, names: nameStorage(name), now });
  await store.start();
  return store;
}

test('what is judged is there at once, kept, and there again after a reload', async () => {
  const { database, kept } = sharedDatabase();
  const store = await startedStore(database());
  store.setOpinion(key, 'disagree');
  store.setNote(key, 'the floor is too high');
  expect(store.getState().isSaving).toBe(true);
  await idle();
  expect(store.getState()).toMatchObject({ kept: 'browser', isSaving: false });
  expect(kept.size).toBe(1);
  const again = await startedStore(database());
  expect(judgementBy(again.getState().byProposal.get(keyText(key)), 'Anna')).toMatchObject({
    opinion: 'disagree',
    note: 'the floor is too high',
    earlier: [],
  });
});

test('a judgement taken back leaves the colleague’s', async () => {
  const { database, kept } = sharedDatabase();
  const store = await startedStore(database());
  const colleague = await startedStore(database(), 'Ben');
  colleague.setOpinion(key, 'agree');
  await idle();
  store.setOpinion(key, 'unsure');
  store.setOpinion(other, 'unsure');
  expect(
    store
      .getState()
      .byProposal.get(keyText(key))
      ?.judgements.map((one) => one.reviewer),
  ).toEqual(['Anna', 'Ben']);
  store.clear(key);
  store.setOpinion(other, undefined);
  await idle();
  expect([...kept.keys()]).toEqual([keyText(key)]);
  expect(kept.get(keyText(key))?.judgements.map((one) => one.reviewer)).toEqual(['Ben']);
});

test('another tab hears of it', async () => {
  const { database } = sharedDatabase();
  const [one, two] = [await startedStore(database()), await startedStore(database())];
  let calls = 0;
  two.subscribe(() => (calls += 1));
  one.setOpinion(key, 'agree');
  await idle();
  expect(calls).toBe(1);
  expect(judgementBy(two.getState().byProposal.get(keyText(key)), 'Anna')?.opinion).toBe('agree');
  one.clearAll();
  await idle();
  expect(two.getState().byProposal.size).toBe(0);
});

test('a browser that keeps nothing is said to, and judging goes on', async () => {
  const refuses = () => Promise.reject(new DOMException('no', 'QuotaExceededError'));
  const database: ReviewDatabase = { load: refuses, save: refuses, clear: refuses, watch: () => undefined };
  const store = await startedStore(database);
  expect(store.getState().kept).toBe('memory');
  store.setOpinion(key, 'agree');
  await idle();
  expect(store.getState()).toMatchObject({ kept: 'memory', isSaving: false });
  expect(store.getState().byProposal.size).toBe(1);

  const fullDisk = await startedStore({
    ...database,
    load: () => Promise.resolve({ byProposal: new Map(), unreadable: [] }),
  });
  expect(fullDisk.getState().kept).toBe('browser');
  fullDisk.setOpinion(key, 'agree');
  await idle();
  expect(fullDisk.getState().kept).toBe('memory');
});

test('a name takes the judgements made before it, another name leaves them', async () => {
  const { database } = sharedDatabase();
  const names = nameStorage();
  const store = new ReviewStore({ database: database(), names, now });
  await store.start();
  const unnamed = store.getState().reviewer;
  expect(unnamed).toMatch(/^unnamed-[0-9a-f]{8}$/);
  expect(names.kept.name).toBe(unnamed);
  store.setOpinion(key, 'agree');
  store.setReviewer('  Anna   Lund ');
  expect(store.getState().reviewer).toBe('Anna Lund');
  const reviewers = () =>
    [...store.getState().byProposal.values()].flatMap(({ judgements }) =>
      judgements.map((one) => one.reviewer),
    );
  expect(reviewers()).toEqual(['Anna Lund']);
  store.setReviewer('Ben');
  expect(reviewers()).toEqual(['Anna Lund']);
  store.setOpinion(key, 'disagree');
  expect(reviewers()).toEqual(['Anna Lund', 'Ben']);
});

test('one’s own newest word counts, even after a colleague’s clock that is ahead', async () => {
  const { database } = sharedDatabase();
  const store = await startedStore(database());
  const ahead = parseSideCar(
    JSON.stringify({
      format: 'iterscope-reviews',
      version: 1,
      judgements: [
        {
          experiment: 'exp2-a',
          iteration: 9,
          agent: 'BANK_B',
          reviewer: 'Anna',
          opinion: 'agree',
          at: '2027-01-01T00:00:00Z',
        },
      ],
    }),
  );
  expect(ahead.ok && store.merge(ahead.value.byProposal)).toEqual({
    read: 1,
    added: 1,
    elsewhere: 0,
    replaced: 0,
  });
  const exported = formatSideCar(store.getState().byProposal, now());
  store.setOpinion(key, 'disagree');
  const mine = () => judgementBy(store.getState().byProposal.get(keyText(key)), 'Anna');
  expect(mine()).toMatchObject({ opinion: 'disagree', at: '2027-01-01T00:00:00.001Z' });
  const read = parseSideCar(exported);
  expect(read.ok && store.merge(read.value.byProposal)).toEqual({
    read: 1,
    added: 0,
    elsewhere: 0,
    replaced: 0,
  });
  expect(mine()?.opinion).toBe('disagree');
});

test('a judgement made before the browser has answered is kept beside what was there', async () => {
  const { database, kept } = sharedDatabase();
  const colleague = await startedStore(database(), 'Ben');
  colleague.setOpinion(key, 'agree');
  await idle();
  const store = new ReviewStore({ database: database(), names: nameStorage('Anna'), now });
  const starting = store.start();
  store.setOpinion(key, 'disagree');
  await starting;
  await idle();
  expect(kept.get(keyText(key))?.judgements.map(({ reviewer }) => reviewer)).toEqual(['Anna', 'Ben']);
});

test('what a full disk refused is kept with the next judgement that finds room', async () => {
  const { database, kept } = sharedDatabase();
  const whole = database();
  let isFull = true;
  const full = (): Promise<void> => Promise.reject(new DOMException('no', 'QuotaExceededError'));
  const store = await startedStore({
    ...whole,
    save: (changes) => (isFull ? full() : whole.save(changes)),
  });
  store.setOpinion(key, 'agree');
  await idle();
  expect([store.getState().kept, kept.size]).toEqual(['memory', 0]);
  isFull = false;
  store.setOpinion(other, 'unsure');
  await idle();
  expect([store.getState().kept, kept.size]).toEqual(['browser', 2]);
});

test('a clock far ahead makes no judgement that could not be imported', async () => {
  const { database } = sharedDatabase();
  const names = nameStorage('Anna');
  const store = new ReviewStore({
    database: database(),
    names,
    now: () => new Date('9999-12-31T23:59:59.999Z'),
  });
  await store.start();
  store.setOpinion(key, 'agree');
  store.setOpinion(key, 'disagree');
  const read = parseSideCar(formatSideCar(store.getState().byProposal, now()));
  expect(read.ok && read.value.refused).toEqual([]);
  expect(read.ok && read.value.byProposal).toEqual(store.getState().byProposal);
});

test('a stored record that cannot be read is named beside the others, and stays until all are forgotten', async () => {
  const judgement = {
    reviewer: 'Anna',
    opinion: 'agree',
    note: '',
    at: '2026-11-25T10:00:00.000Z',
    earlier: [],
  };
  const good = { experiment: 'exp2-a', iteration: 9, agent: 'BANK_B', judgements: [judgement] };
  const damaged = { ...good, iteration: 'nine' };
  const read = readKept([
    [keyText(key), good],
    [keyText(other), damaged],
    [7, null],
  ]);
  expect([...read.byProposal.keys()]).toEqual([keyText(key)]);
  expect(read.unreadable).toEqual([
    { key: keyText(other), value: damaged },
    { key: '7', value: null },
  ]);
  const { database } = sharedDatabase();
  const store = await startedStore({ ...database(), load: () => Promise.resolve(read) });
  store.setOpinion(key, 'unsure');
  expect(store.getState().unreadable).toHaveLength(2);
  store.clearAll();
  expect(store.getState().unreadable).toEqual([]);
});
