import fc from 'fast-check';
import { hashKey } from '@tanstack/react-query';
import { expect, it } from 'vitest';

import { fileId, simulationId } from '../lib/ids.ts';
import type { EventFilter } from '../domain/answers/runs.ts';
import { defineQuery } from './query.ts';
import type { RunScope } from './scope.ts';

interface Params extends RunScope {
  readonly filter: EventFilter;
  readonly offset: number;
  readonly limit?: number | undefined;
}

/** Answers what it was given. */
const echo = defineQuery({
  name: 'echo',
  scope: 'run',
  run: (_engine, params: Params): Promise<Params> => Promise.resolve(params),
});

const texts = fc.string();
const filters: fc.Arbitrary<EventFilter> = fc.record(
  { types: fc.array(texts), fromTick: fc.nat(), text: texts },
  { requiredKeys: [] },
);
const anyParams: fc.Arbitrary<Params> = fc.record({
  fileId: fc.constantFrom('f1', 'f2').map(fileId),
  simulationId: fc.constantFrom('a', 'b').map(simulationId),
  filter: filters,
  offset: fc.nat(2),
  limit: fc.option(fc.nat(2), { nil: undefined }),
});

it('two questions have one key exactly where all their parameters are alike', () => {
  const withoutUndefined = (params: Params): unknown => JSON.parse(JSON.stringify(params));
  fc.assert(
    fc.property(anyParams, anyParams, (a, b) => {
      const alike = hashKey(echo.about(a).key) === hashKey(echo.about(b).key);
      const equal = hashKey([withoutUndefined(a)]) === hashKey([withoutUndefined(b)]);
      expect(alike).toBe(equal);
    }),
  );
});

it('a parameter is part of the key in whatever order it is given, and one that is not given is none', () => {
  const scope = { fileId: fileId('f1'), simulationId: simulationId('a') };
  const key = (params: Params) => hashKey(echo.about(params).key);
  const one = { ...scope, filter: { fromTick: 1, text: 'x' }, offset: 0 };
  expect(key({ offset: 0, filter: { text: 'x', fromTick: 1 }, limit: undefined, ...scope })).toBe(key(one));
  for (const other of [{ offset: 1 }, { limit: 1 }, { filter: { fromTick: 1 } }, { fileId: fileId('f2') }]) {
    expect(key({ ...one, ...other })).not.toBe(key(one));
  }
});
