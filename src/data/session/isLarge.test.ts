import { expect, it } from 'vitest';

import { sampleSource, urlSource, type Source } from '../../source/source.ts';
import { isLarge, isLargeAndFar } from './state.ts';

const local: Source = { kind: 'file', name: 'a.db', file: new File([], 'a.db'), wal: undefined };
const remote = urlSource('https://host/a.db');

it.each([
  [local, 100_000_000, false, false],
  [local, 953_000_000, true, false],
  [remote, 9_000_000, false, false],
  [remote, 953_000_000, true, true],
  [sampleSource('https://here/sample.duckdb'), 20_000_000, false, false],
])('%o of %s bytes: large %s, large and far %s', (source, leastBytes, large, far) => {
  expect([isLarge({ source, leastBytes }), isLargeAndFar({ source, leastBytes })]).toEqual([large, far]);
});
