import { expect, test } from 'vitest';

import {
  formatGroup,
  parseGroup,
  parseGroups,
  differenceWords,
  recognisePasses,
  sharedSeedWords,
  whatDiffers,
  type PassFacts,
} from './groups.ts';
import { spreadOf } from './outcome.ts';

const pass = (config: object, more: Partial<PassFacts> = {}): PassFacts => ({
  name: 'exp1',
  configText: JSON.stringify({ name: 'exp1', ...config }),
  masterSeed: undefined,
  models: undefined,
  ...more,
});

test('passes differ in seed, model and prompt alone, wherever these stand', () => {
  const found = [
    pass({ master_seed: 42, llm: { model: 'a' }, scenario: { simulation: { rng_seed: 1 } } }),
    pass({ master_seed: 43, llm: { model: 'b' }, scenario: { simulation: { rng_seed: 2 } } }),
    pass({ master_seed: 42, llm: { model: 'a', system_prompt: 'Be bold.' }, scenario: { simulation: {} } }),
    pass({ master_seed: 42, llm: { model: 'a' }, scenario: { simulation: { rng_seed: 1, ticks: 2 } } }),
    pass({ master_seed: 42, llm: { model: 'a' }, scenario: { simulation: {} } }, { name: 'exp2' }),
    pass({}, { configText: undefined }),
    pass({}, { configText: '{' }),
  ];
  const named = found.map((one, at) => ({ ...one, experimentId: `id ${at}` }));
  expect(recognisePasses(named, (one) => one)).toEqual([named.slice(0, 3)]);
  const versions = named.slice(0, 2).map((one) => ({ ...one, experimentId: 'one' }));
  expect(recognisePasses(versions, (one) => one)).toEqual([]);
});

test('a key whose order differs is no difference', () => {
  const [a, b] = [pass({ x: 1, y: [1, 2] }), pass({ y: [1, 2], x: 1 })];
  const ids = new Map([
    [a, 'a'],
    [b, 'b'],
  ]);
  expect(recognisePasses([a, b], (one) => ({ ...one, experimentId: ids.get(one) ?? '' }))).toHaveLength(1);
  expect(differenceWords(whatDiffers([a, b]))).toBe('nothing in their configurations differs');
});

test('what differs is said: the seed of the column too, and the model of the exchanges where no other is stored', () => {
  const seeds = ['42', '43', '44'].map((masterSeed) => pass({}, { masterSeed }));
  expect(differenceWords(whatDiffers(seeds))).toBe('only the seed differs: 42, 43, 44');
  const models = [pass({}, { models: ['gpt'] }), pass({}, { models: ['opus'] })];
  expect(differenceWords(whatDiffers(models))).toBe('only the model differs: gpt, opus');
  const both = [
    pass({ master_seed: 1, llm: { model: 'a' } }, { models: ['a'] }),
    pass({ master_seed: 2, llm: { model: 'b' } }, { models: ['b'] }),
  ];
  expect(differenceWords(whatDiffers(both))).toBe('seed differs: 1, 2; model differs: a, b');
});

test('groups in an address: any name and id, each experiment in one group', () => {
  const odd = { name: 'a~b, 100 %', ids: ['x~1', 'ü/2'] };
  expect(parseGroup(formatGroup(odd))).toEqual(odd);
  expect(parseGroup('alone')).toBeUndefined();
  expect(parseGroup('bad~%E0%A4%A')).toBeUndefined();
  expect(parseGroups(['a~1~2', 'b~2~3', 'a~4', 'c~1'])).toEqual([
    { name: 'a', ids: ['1', '2'] },
    { name: 'b', ids: ['3'] },
  ]);
});

test('passes of one seed are named, as mean and interval take passes for independent', () => {
  expect(sharedSeedWords(['42', '43', undefined, undefined])).toBeUndefined();
  expect(sharedSeedWords(['42', '43', '42'])).toContain('2 passes share the seed 42: their payments');
});

test('equal rates have no deviation, though their sum is rounded', () => {
  expect(spreadOf([0.7, 0.7, 0.7])).toMatchObject({ mean: 0.7, deviation: 0 });
});
