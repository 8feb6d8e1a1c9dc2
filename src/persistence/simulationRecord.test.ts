import { describe, expect, it } from 'vitest';

import { runPurposes } from '../lib/ids.ts';
import {
  defaultPersistencePolicy,
  includesLevel,
  persistenceLevelFor,
  persistenceLevels,
  storesEvaluation,
  type PersistencePolicy,
} from './simulationPersister.ts';

const withPolicy = (change: Partial<PersistencePolicy>): PersistencePolicy => ({
  ...defaultPersistencePolicy,
  ...change,
});

describe('persistence policy', () => {
  it('stores everything but bootstrap samples by default', () => {
    const levels = runPurposes.map((purpose) => persistenceLevelFor(defaultPersistencePolicy, purpose));
    expect(Object.fromEntries(runPurposes.map((purpose, i) => [purpose, levels[i]]))).toEqual({
      standalone: 'full',
      initial: 'full',
      bootstrap: 'none',
      evaluation: 'full',
      best: 'full',
      final: 'full',
    });
    expect(storesEvaluation(defaultPersistencePolicy, false)).toBe(true);
  });

  it('stores a final run whatever the level, unless told not to', () => {
    const none = withPolicy({ simulationPersistence: 'none' });
    expect(runPurposes.filter((purpose) => persistenceLevelFor(none, purpose) !== 'none')).toEqual(['final']);
    expect(persistenceLevelFor(none, 'final')).toBe('summary');
    const never = withPolicy({ simulationPersistence: 'none', persistFinalEvaluation: false });
    expect(persistenceLevelFor(never, 'final')).toBe('none');
  });

  it.each(persistenceLevels)('stores bootstrap samples at level %s when they are wanted', (level) => {
    const policy = withPolicy({ simulationPersistence: level, persistBootstrapTransactions: true });
    expect(persistenceLevelFor(policy, 'bootstrap')).toBe(level);
  });

  it('orders the levels', () => {
    expect(persistenceLevels.map((level) => includesLevel(level, 'events'))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });

  it('drops the judgement of rejected proposals only when told to', () => {
    const acceptedOnly = withPolicy({ persistAllPolicyIterations: false });
    expect([true, false].map((accepted) => storesEvaluation(acceptedOnly, accepted))).toEqual([true, false]);
  });
});
