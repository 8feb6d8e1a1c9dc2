import { expect, it } from 'vitest';

import { toEngineError } from '../engine/errors.ts';
import { explainFailure } from './questionFailure.ts';

const code = (message: string): string => explainFailure(toEngineError(new Error(message), 'SELECT 1')).code;

it('names what the engine says (its own words), and nothing more', () => {
  expect(
    [
      'Corrupt database file: computed checksum 1 does not match stored checksum 2 in block at location 12288',
      'Catalog Error: Table with name simulation_runs does not exist!\nDid you mean "runs"?',
      'Conversion Error: Could not convert string "x" to INT64',
      'INTERRUPT Error: Interrupted!',
      'Out of Memory Error: failed to allocate data of size 2.0 GiB',
      'memory access out of bounds',
      'NotReadableError: The requested file could not be read',
    ].map(code),
  ).toEqual([
    'truncated',
    'question-failed',
    'question-failed',
    'interrupted',
    'out-of-memory',
    'engine-crashed',
    'changed',
  ]);
});

it('an answer that cannot be read is not the engine’s fault, and only the first line is shown', () => {
  expect(explainFailure(new TypeError('column k, row 0: expected an integer, got NULL'))).toMatchObject({
    code: 'question-failed',
    what: 'The engine answered, and the answer is not what was asked for.',
  });
  expect(explainFailure(toEngineError(new Error('Binder Error: no x\nLINE 1: SELECT x'), '')).why).toBe(
    'Binder Error: no x',
  );
});
