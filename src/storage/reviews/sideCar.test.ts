import fc from 'fast-check';
import { expect, test } from 'vitest';

import {
  mergeJudgements,
  keyText,
  opinions,
  proposalKey,
  tidyName,
  type Judgement,
  type ReviewsByProposal,
} from './review.ts';
import { formatSideCar, largestSideCarBytes, parseSideCar } from './sideCar.ts';

const at = fc
  .date({ min: new Date('1970-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString());
const remark = fc.record({ opinion: fc.constantFrom(...opinions, undefined), note: fc.string(), at });
const reviewer = fc
  .string({ minLength: 1, maxLength: 20 })
  .map(tidyName)
  .filter((name) => name !== '');
const judgement: fc.Arbitrary<Judgement> = fc
  .tuple(reviewer, remark, fc.array(remark, { maxLength: 2 }))
  .map(([name, said, earlier]) => ({ reviewer: name, ...said, earlier }));
const text = fc.string({ minLength: 1, maxLength: 12 });
const byProposal: fc.Arbitrary<ReviewsByProposal> = fc
  .array(fc.tuple(text, fc.nat({ max: 99 }), text, fc.array(judgement, { minLength: 1, maxLength: 3 })))
  .map((entries) => {
    const reviews = entries.map(([experiment, iteration, agent, judgements]) => {
      const key = proposalKey(experiment, iteration, agent);
      return [keyText(key), { key, judgements: mergeJudgements(judgements) }] as const;
    });
    return new Map(reviews);
  });

test('what is exported is what is imported', () => {
  fc.assert(
    fc.property(byProposal, (reviews) => {
      const read = parseSideCar(formatSideCar(reviews, new Date('2026-11-25T10:00:00Z')));
      expect(read.ok && read.value).toEqual({ byProposal: reviews, refused: [], link: undefined });
    }),
  );
});

test('the file is in the order of the experiment, and says what it is', () => {
  const said = { opinion: 'agree' as const, note: '', at: '2026-11-25T10:00:00.000Z', earlier: [] };
  const keys = [10, 9].map((iteration) => proposalKey('exp', iteration, 'B'));
  const reviews = new Map(
    keys.map((key) => [keyText(key), { key, judgements: [{ reviewer: 'A', ...said }] }]),
  );
  const file: unknown = JSON.parse(formatSideCar(reviews, new Date('2026-11-25T11:00:00Z')));
  const common = { experiment: 'exp', agent: 'B', reviewer: 'A', opinion: 'agree', note: '', at: said.at };
  expect(file).toEqual({
    format: 'iterscope-reviews',
    version: 1,
    exportedAt: '2026-11-25T11:00:00.000Z',
    judgements: [
      { ...common, iteration: 9 },
      { ...common, iteration: 10 },
    ],
  });
});

const good = {
  experiment: 'exp',
  iteration: 1,
  agent: 'A',
  reviewer: 'Anna',
  at: '2026-11-25T10:00:00Z',
};
const file = (judgements: unknown, head: object = {}) =>
  JSON.stringify({ format: 'iterscope-reviews', version: 1, judgements, ...head });

test('a note and an opinion may be missing; times of other zones are turned', () => {
  const read = parseSideCar(file([{ ...good, at: '2026-11-25T11:00:00+01:00' }]));
  expect(read.ok && [...read.value.byProposal.values()][0]?.judgements).toEqual([
    { reviewer: 'Anna', opinion: undefined, note: '', at: '2026-11-25T10:00:00.000Z', earlier: [] },
  ]);
});

test.each([
  ['not JSON', '{"format": ', /not JSON/],
  ['another JSON', '{"hello": 1}', /holds no reviews/],
  ['a list', '[]', /holds no reviews/],
  ['null', 'null', /holds no reviews/],
  ['a newer format', file([], { version: 2 }), /newer Iterscope \(format 2; this one reads 1\)/],
  ['no judgements', file(undefined), /judgements/],
  ['too much', ' '.repeat(largestSideCarBytes + 1), /larger than 20 MB/],
])('%s is refused with a sentence', (_what, content, sentence) => {
  const read = parseSideCar(content);
  expect(read.ok ? 'read' : read.error).toMatch(sentence);
});

test('names that objects inherit are names like any other', () => {
  const read = parseSideCar(
    `{"format":"iterscope-reviews","version":1,"__proto__":{"x":1},"judgements":[
      {"experiment":"__proto__","iteration":0,"agent":"constructor","reviewer":"toString","at":"2026-11-25T10:00:00Z"}]}`,
  );
  expect(read.ok && [...read.value.byProposal.keys()]).toEqual(['["__proto__",0,"constructor"]']);
  expect(({} as { x?: number }).x).toBe(undefined);
});

const iterationWords = 'iteration: must be a whole number from 0 to 2147483647';

test.each([
  [
    'an opinion of its own',
    { ...good, opinion: 'maybe' },
    'opinion: must be agree, disagree, unsure, or left out',
  ],
  ['a negative iteration', { ...good, iteration: -1 }, iterationWords],
  ['half an iteration', { ...good, iteration: 1.5 }, iterationWords],
  ['an iteration that no address can name', { ...good, iteration: 2_147_483_648 }, iterationWords],
  ['an iteration beyond exact numbers', { ...good, iteration: 1e300 }, iterationWords],
  ['an iteration as text', { ...good, iteration: '1' }, iterationWords],
  ['no iteration', { ...good, iteration: undefined }, iterationWords],
  ['no time', { ...good, at: 'yesterday' }, 'at: must be a time such as 2026-11-25T10:00:00Z'],
  ['nobody', { ...good, reviewer: '  ' }, 'reviewer: must be a name of 1 to 80 characters'],
  [
    'a note as an object',
    { ...good, note: { html: '<img>' } },
    'note: must be a text of at most 10000 characters',
  ],
  [
    'a note without end',
    { ...good, note: 'x'.repeat(10_001) },
    'note: must be a text of at most 10000 characters',
  ],
  ['a time in the far future', { ...good, at: '9999-12-31T23:59:59.999Z' }, 'at: lies in the far future'],
  ['an empty id', { ...good, experiment: '' }, 'experiment: must be a text of 1 to 100000 characters'],
  ['no agent', { ...good, agent: undefined }, 'agent: must be a text of 1 to 100000 characters'],
  [
    'an earlier text',
    { ...good, earlier: ['old'] },
    'earlier 1: must be an object with the fields of a judgement',
  ],
  ['no object', null, 'must be an object with the fields of a judgement'],
])('%s is named by its row, and the others are taken', (_what, row, problem) => {
  const read = parseSideCar(file([good, row, { ...good, iteration: 2 }]));
  if (!read.ok) throw new Error(read.error);
  expect([...read.value.byProposal.values()].map(({ key }) => key.iteration)).toEqual([1, 2]);
  expect(read.value.refused).toHaveLength(1);
  // Behind the row and what names it, nothing but the plain words.
  expect(read.value.refused[0]?.replace(/^judgement 2( \(exp, iteration \S+\))?, /, '')).toBe(problem);
});

test('the largest iteration that an address can name is taken', () => {
  const read = parseSideCar(file([{ ...good, iteration: 2_147_483_647 }]));
  expect(read.ok && read.value.refused).toEqual([]);
});

test('a bundle carries the link it was made at; another kind of link is left out', () => {
  const link = '#/experiments/exp/proposals?iteration=1&agent=A&v=1';
  const bundle = formatSideCar(new Map(), new Date('2026-11-25T11:00:00Z'), { link, rows: [{ old: '1' }] });
  const read = parseSideCar(bundle);
  expect(read.ok && read.value.link).toBe(link);
  const hostile = parseSideCar(file([], { link: 'javascript:alert(1)' }));
  expect(hostile.ok && hostile.value.link).toBe(undefined);
});
