import { expect, it } from 'vitest';

import type { OpenFile } from '../../data/session/state.ts';
import { fileId } from '../../lib/ids.ts';
import { formatDataToken, parseDataToken } from '../../url/dataToken.ts';
import { differenceTo, meantFile, missingTokens, namedExperiments, neededTokens } from './linkedFiles.ts';

function open(name: string, print: string, head = '00000000', former = print): OpenFile {
  return {
    fileId: fileId('f1'),
    source: { kind: 'file', name, file: new File([], name), wal: undefined },
    name,
    sizeBytes: 0,
    leastBytes: 0,
    dialects: [],
    storageVersion: '64',
    writerVersion: '',
    withWal: false,
    logBytes: undefined,
    linkToken: `file:${name}~${print}`,
    prints: { content: print, head, former: [former] },
    state: undefined,
  };
}

const held = (iterationCount: number, experimentId = 'exp1') => [{ experimentId, iterationCount }];
const token = (count = 14, print = '0123abcd') =>
  parseDataToken(formatDataToken(`file:a.db~${print}`, print, 1000, held(count)));

it('a file is known by its content: a renamed copy is it, one of its name with other content is not', () => {
  const renamed = open('copy.db', '0123abcd');
  expect(meantFile(token(), [open('a.db', 'ffffffff'), renamed])).toBe(renamed);
  expect(missingTokens([token()], [open('a.db', 'ffffffff')])).toHaveLength(1);
});

it('a local copy of a remote file is known, by links of before too', () => {
  const remote = parseDataToken(formatDataToken('https://host/a.db', 'aaaa0000', 1000, held(3)));
  const copy = open('a.db', 'ffffffff', 'aaaa0000', '0000ffff');
  expect(meantFile(remote, [copy])).toBe(copy);
  expect(meantFile(token(14, 'ffffffff'), [copy])).toBe(copy);
  expect(meantFile(token(14, '0000ffff'), [copy])).toBe(copy);
  expect(meantFile(parseDataToken('https://host/a.db'), [copy])).toBeUndefined();
});

it.each([
  [held(17), 'newer', 'Same experiment, 3 iterations more.'],
  [held(12), 'same experiment', 'Same experiment, 2 iterations fewer.'],
  [held(20, 'exp2'), 'other', 'It holds exp2 (20 iterations), not exp1.'],
  [[], 'other', 'It holds no experiments, not exp1.'],
] as const)('what %j differs in is said', (holds, kind, words) => {
  expect(differenceTo(token(), holds)).toEqual({ kind, words });
});

it.each([['exp1-20261123-045340-6346bb'], ['EXP1'], ['éa']])('the id %s is never changed', (id) => {
  const had = [...held(10, id), ...held(10, 'other')];
  const text = formatDataToken('file:a.db~0123abcd', '0123abcd', 1000, had);
  expect(differenceTo(parseDataToken(text), [...held(13, id), ...held(11, 'other')])).toEqual({
    kind: 'newer',
    words: `Same experiments; ${id}: 3 iterations more; other: 1 iteration more.`,
  });
});

it('an extract of the experiment that the view shows may stand in, and what it lacks is named', () => {
  const whole = formatDataToken('file:a.db~0123abcd', '0123abcd', 1000, [...held(14), ...held(10, 'other')]);
  expect(differenceTo(parseDataToken(whole), held(14), ['exp1'])).toEqual({
    kind: 'same experiment',
    words:
      'It holds what this view shows, exp1, with as many iterations. It does not hold other, which the file of the link does.',
  });
  expect(differenceTo(parseDataToken(whole), held(16), ['exp1'])?.words).toBe(
    'Same experiment, 2 iterations more. It does not hold other, which the file of the link does.',
  );
  expect(differenceTo(parseDataToken(whole), held(10, 'other'), ['exp1'])?.kind).toBe('other');
  expect(differenceTo(parseDataToken(whole), held(14), ['exp1', 'other'])?.kind).toBe('other');
});

it('a link that does not say what its file held is judged by the experiment of its path', () => {
  const old = parseDataToken('file:a.db~0123abcd');
  const wanted = namedExperiments('/experiments/exp1/iterations/3');
  expect(differenceTo(old, held(5), wanted)?.kind).toBe('same experiment');
  expect(differenceTo(old, held(5, 'exp2'), wanted)?.words).toBe('It holds exp2 (5 iterations), not exp1.');
  expect(differenceTo(old, held(5))?.kind).toBe('unknown');
  expect(differenceTo(token(), held(14))).toBeUndefined();
});

it('of several files a link needs those that its view reads', () => {
  const of = (name: string, print: string, ...ids: readonly string[]) =>
    parseDataToken(
      formatDataToken(
        `file:${name}~${print}`,
        print,
        1000,
        ids.map((experimentId) => ({ experimentId, iterationCount: 3 })),
      ),
    );
  const a = of('a.db', '0000aaaa', 'exp1', 'both');
  const b = of('b.db', '0000bbbb', 'exp2', 'both');
  const c = of('c.db', '0000cccc', 'exp3');
  const all = [a, b, c];
  const needs = (path: string, search: Parameters<typeof neededTokens>[2] = {}) =>
    neededTokens(all, path, search).map(({ name }) => name);
  expect(needs('/experiments/exp2/iterations/4')).toEqual(['b.db']);
  // Two hold the id: the first, unless the link says which.
  expect(needs('/experiments/both')).toEqual(['a.db']);
  expect(needs('/experiments/both', { in: 'b.db' })).toEqual(['b.db']);
  expect(needs('/runs/run-1', { in: 'c.db~0000cccc' })).toEqual(['c.db']);
  expect(needs('/runs/run-1', { in: 'c.db', twin: 'run-2', twinin: 'a.db' })).toEqual(['a.db', 'c.db']);
  // Not said in which: all may be needed.
  expect(needs('/runs/run-1')).toEqual(['a.db', 'b.db', 'c.db']);
  expect(needs('/experiments/unsaid')).toEqual(['a.db', 'b.db', 'c.db']);
  expect(needs('/compare', { x: ['exp1', 'exp3'] })).toEqual(['a.db', 'c.db']);
  expect(needs('/compare', { x: ['exp1', 'exp3'], g: ['mine~exp2'] })).toEqual(['a.db', 'b.db', 'c.db']);
  for (const path of ['/experiments', '/desk', '/proposals', '/health', '/sql'])
    expect(needs(path)).toEqual(['a.db', 'b.db', 'c.db']);
});
