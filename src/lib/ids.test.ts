import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { experimentId, formatSimulationId, parseSimulationId, runPurposes } from './ids.ts';

/** Any text without a line break; half of them look like structured ids themselves. */
const experimentIds = fc
  .oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc
      .tuple(fc.string({ minLength: 1 }), fc.nat(), fc.constantFrom(...runPurposes))
      .map(([name, n, purpose]) => `${name}-iter${n}-${purpose}`),
  )
  .filter((text) => !/[\n\r\u2028\u2029]/.test(text))
  .map(experimentId);

describe('structured simulation ids', () => {
  it('parse back to their parts, whatever the experiment is called', () => {
    fc.assert(
      fc.property(
        experimentIds,
        fc.maxSafeNat(),
        fc.constantFrom(...runPurposes),
        fc.maxSafeNat(),
        (experiment, iteration, purpose, sample) => {
          const parts = { experimentId: experiment, iteration, purpose };
          const whole = purpose === 'bootstrap' ? { ...parts, sample } : parts;
          expect(parseSimulationId(formatSimulationId({ ...parts, sample }))).toEqual(whole);
          expect(parseSimulationId(formatSimulationId(parts))).toEqual(parts);
        },
      ),
    );
  });

  it('are written as the reference writes them', () => {
    const id = experimentId('exp1-20261123-045337-b1f149');
    expect(formatSimulationId({ experimentId: id, iteration: 3, purpose: 'evaluation' })).toBe(
      'exp1-20261123-045337-b1f149-iter3-evaluation',
    );
    expect(formatSimulationId({ experimentId: id, iteration: 0, purpose: 'bootstrap', sample: 7 })).toBe(
      'exp1-20261123-045337-b1f149-iter0-bootstrap-sample7',
    );
  });

  it('take the last marker', () => {
    expect(parseSimulationId('my-iter3-exp-iter5-evaluation')).toEqual({
      experimentId: 'my-iter3-exp',
      iteration: 5,
      purpose: 'evaluation',
    });
  });

  it.each([
    '',
    'sim-3a023269',
    '-iter5-evaluation',
    'exp-iter5-nonsense',
    'exp-iter-evaluation',
    'a-iter1-final-x',
  ])('is not read into %j', (text) => expect(parseSimulationId(text)).toBeUndefined());

  it.each([
    ['exp-iter5-evaluation-sample2', { iteration: 5, purpose: 'evaluation', sample: 2 }],
    ['exp-iter005-best', { iteration: 5, purpose: 'best' }],
  ])('tolerates %j, which is never written', (text, parts) =>
    expect(parseSimulationId(text)).toEqual({ experimentId: 'exp', ...parts }),
  );
});
