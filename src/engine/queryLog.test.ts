import { expect, it } from 'vitest';

import { loggedCharacters, loggedQueries, QueryLog } from './engine.ts';

const entry = { askedBy: 'test', milliseconds: 1, rows: 0, outcome: 'answered' } as const;

it('remembers the last statements and of each no more than its beginning', () => {
  const log = new QueryLog();
  for (let i = 0; i < loggedQueries + 3; i += 1) log.add({ ...entry, text: `SELECT ${i}` });
  log.add({ ...entry, text: 'x'.repeat(loggedCharacters + 1) });
  const texts = log.entries().map(({ text }) => text);
  expect(texts).toHaveLength(loggedQueries);
  expect(texts[0]).toBe('SELECT 4');
  expect(texts.at(-1)).toBe('x'.repeat(loggedCharacters));
});
