import fc from 'fast-check';
import { expect, it } from 'vitest';

import { formatDataToken, parseDataToken } from './dataToken.ts';

const print = fc.stringMatching(/^[0-9a-f]{8}$/);
const held = fc.array(
  fc.record({
    experimentId: fc.string({ minLength: 1, maxLength: 100, unit: 'grapheme' }),
    iterationCount: fc.nat(1_000_000),
  }),
  { maxLength: 3 },
);

it('what a file held comes back from a link, whatever it and its experiments are called', () => {
  const name = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => !text.includes('/'));
  fc.assert(
    fc.property(name, print, fc.option(fc.nat(), { nil: undefined }), held, (file, digits, sizeBytes, of) => {
      const bare = `file:${file}~${digits}`;
      const read = parseDataToken(formatDataToken(bare, digits, sizeBytes, of));
      expect(read).toMatchObject({ bare, kind: 'file', name: file, print: digits });
      expect(read.sizeBytes).toBe(sizeBytes);
      const ids = of.filter(({ experimentId }) => experimentId.length <= 120);
      expect(new Set(read.held.map(({ experimentId }) => experimentId))).toEqual(
        new Set(ids.map(({ experimentId }) => experimentId)),
      );
    }),
  );
});

it('an address carries it behind its #, which is never sent to the host', () => {
  const text = formatDataToken('https://host/a%20b.db?X=1', '0123abcd', 9000, [
    { experimentId: 'exp/1', iterationCount: 14 },
  ]);
  expect(text).toBe('https://host/a%20b.db?X=1#0123abcd/9000/14.exp%2F1');
  expect(parseDataToken(text)).toMatchObject({
    bare: 'https://host/a%20b.db?X=1',
    kind: 'url',
    name: 'a b.db',
    print: '0123abcd',
    sizeBytes: 9000,
    held: [{ experimentId: 'exp/1', iterationCount: 14 }],
  });
});

it('links of before say less and are read all the same', () => {
  expect(parseDataToken('file:a~b.db~0123abcd')).toMatchObject({
    bare: 'file:a~b.db~0123abcd',
    name: 'a~b.db',
    held: [],
  });
  expect(parseDataToken('https://host/a.db#page')).toMatchObject({
    bare: 'https://host/a.db#page',
    held: [],
  });
  expect(parseDataToken('sample').kind).toBe('sample');
  expect(parseDataToken('s3://bucket/a.db').kind).toBe('unknown');
});

it('only the largest three experiments are said', () => {
  const many = Array.from({ length: 9 }, (_, i) => ({ experimentId: `e${i}`, iterationCount: i }));
  expect(formatDataToken('file:a.db~0123abcd', '0123abcd', 5, many)).toBe(
    'file:a.db~0123abcd/5/8.e8/7.e7/6.e6',
  );
});
