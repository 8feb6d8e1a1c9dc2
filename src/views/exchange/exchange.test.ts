import fc from 'fast-check';
import { expect, test } from 'vitest';

import { findHits, placeOf } from './ExchangeSections.tsx';
import { diffWords, lineDiff } from './ChangedPrompt.tsx';
import { parsedFindings, plainError } from './ExchangePanel.tsx';

test('a diff keeps two lines around what changed, and counts', () => {
  const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].join('\n');
  const after = ['a', 'b', 'c', 'D', 'e', 'f', 'g', 'h', 'i', 'j'].join('\n');
  const diff = lineDiff(before, after);
  expect(diff).toMatchObject({ added: 3, removed: 2 });
  const [first] = diff?.hunks ?? [];
  expect(first?.firstLine).toBe(2);
  expect(first?.lines.slice(0, 5).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
    'same b',
    'same c',
    'removed d',
    'added D',
    'same e',
  ]);
  expect(diffWords(diff ?? { added: 0, removed: 0 })).toBe('3 lines new, 2 gone');
  expect(diffWords({ added: 1, removed: 0 })).toBe('1 line new');
  expect(diffWords({ added: 0, removed: 2 })).toBe('2 lines gone');
  expect(lineDiff(before, before)).toEqual({ added: 0, removed: 0, hunks: [] });
});

test('a diff of any two texts tells the new one from the old one', () => {
  const text = fc.array(fc.constantFrom('a', 'b', 'c', '', '+x', '-y', '\\z'), { maxLength: 12 });
  fc.assert(
    fc.property(text, text, (before, after) => {
      const ended = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
      const diff = lineDiff(ended(before), ended(after));
      expect((diff?.added ?? 0) - (diff?.removed ?? 0)).toBe(after.length - before.length);
      for (const { firstLine, lines } of diff?.hunks ?? []) {
        const shown = lines.filter(({ kind }) => kind !== 'removed').map((line) => line.text);
        expect(after.slice(firstLine - 1, firstLine - 1 + shown.length)).toEqual(shown);
      }
    }),
  );
});

test('two texts without anything in common are not compared to the end', () => {
  const lines = (word: string) => Array.from({ length: 5000 }, (_, i) => `${word}${i}`).join('\n');
  expect(lineDiff(lines('a'), lines('b'))).toBe(undefined);
});

test('finding takes the words as they are, small and large letters alike', () => {
  expect(findHits('a.b A.B axb', 'a.b')).toEqual([
    { start: 0, end: 3 },
    { start: 4, end: 7 },
  ]);
  expect(findHits('costs $1,000 (each)', '$1,000 (')).toEqual([{ start: 6, end: 14 }]);
  expect(findHits('anything', '')).toEqual([]);
  expect(findHits('aaaa', 'a', 3)).toHaveLength(3);
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), fc.string(), (before, words, after) => {
      const text = before + words + after;
      const hits = findHits(text, words);
      expect(hits.length).toBeGreaterThan(0);
      for (const { start, end } of hits) {
        expect(text.slice(start, end).toLowerCase()).toBe(words.toLowerCase());
      }
    }),
  );
});

test('hits are counted over all sections', () => {
  const counts = [2, 0, 3];
  expect([0, 1, 2, 4, 5].map((n) => placeOf(counts, n))).toEqual([
    { section: 0, hit: 0 },
    { section: 0, hit: 1 },
    { section: 2, hit: 0 },
    { section: 2, hit: 2 },
    undefined,
  ]);
});

test('what the JSON reader said, in plain words; other messages stand as they are', () => {
  const said = (words: string) => plainError(`Failed to parse policy JSON: ${words}`);
  expect(said('Expecting value: line 1 column 1 (char 0)')).toBe(
    'The answer does not begin with JSON, so no policy was found in it.',
  );
  expect(said('Extra data: line 18 column 1 (char 310)')).toMatch(/goes on at line 18/);
  expect(said("Expecting ',' delimiter: line 52 column 3 (char 868)")).toBe(
    'A comma or a closing bracket is missing at line 52, column 3 of the JSON.',
  );
  expect(said('Unterminated string starting at: line 3 column 9 (char 40)')).toMatch(/cut off/);
  expect(plainError("Unknown action 'Teleport' in payment_tree")).toBe(undefined);
});

test('the parsed policy against the next iteration and the evaluated one', () => {
  const stored = { policyInForce: '{"p": 1}', proposedPolicy: '{"p": 2}' };
  const next = (nextPolicy: string | undefined) => ({ hasNextIteration: true, nextPolicy });
  const words = (...given: Parameters<typeof parsedFindings>) =>
    parsedFindings(...given).map((finding) => `${finding.isOdd ? 'odd: ' : ''}${finding.words}`);
  expect(words('{"p": 2.0}', stored, next('{"p":2}'), 3)).toEqual(['Adopted unchanged in iteration 4.']);
  expect(words('{"p": 2}', stored, next('{"p": 1}'), 3)).toEqual([
    'Not adopted; iteration 4 keeps the old policy.',
  ]);
  expect(words('{"p": 3}', stored, next('{"p": 2}'), 3)).toEqual([
    'odd: The proposal shown elsewhere is not the policy read from this answer.',
    'odd: Iteration 4 holds another policy than this answer and than before.',
  ]);
  const named = (id: string, fraction: number) =>
    JSON.stringify({ policy_id: id, parameters: { initial_liquidity_fraction: fraction } });
  const both = { policyInForce: named('first', 0.5), proposedPolicy: named('p', 0.4) };
  expect(words(named('p', 0.4), both, next(named('second', 0.4)), 0)).toEqual([
    'It is in force in iteration 1; only names differ.',
  ]);
  const renamed = { policyInForce: named('first', 0.4), proposedPolicy: named('p', 0.4) };
  const judged = (verdict: 'accepted' | 'rejected') =>
    words(named('p', 0.4), { ...renamed, proposal: { verdict } }, next(named('second', 0.4)), 18);
  expect(judged('rejected')).toEqual([
    'Not adopted; iteration 19 keeps the old policy, which differs in names only.',
  ]);
  expect(judged('accepted')).toEqual([
    'Adopted in iteration 19; it differs from the old policy in names only.',
  ]);
  expect(words(named('p', 0.4), both, next(named('second', 0.3)), 0)).toEqual([
    'odd: Iteration 1 holds another policy than this answer and than before.',
  ]);
  expect(words('{"p": 2}', stored, { hasNextIteration: false, nextPolicy: undefined }, 3)).toEqual([
    'No later iteration shows what came into force.',
  ]);
  expect(words(undefined, stored, next('{"p": 1}'), 3)).toEqual([]);
});
