import { describe, expect, it } from 'vitest';
import { cents } from '../../lib/units.ts';
import { bankA, proposal } from '../../testing/figureExperiment.ts';
import { savingOf, storedDifference } from './saving.ts';

describe('savingOf', () => {
  it('is the mean over samples, exact in sum and rounded half away from zero in text', () => {
    const saving = savingOf(proposal(10, bankA, 'accepted', { deltaSum: 90609, samples: 50 }));
    expect(saving).toEqual({ cents: cents(1812), plot: 1812.18, samples: 50, sumCents: cents(90609) });
    expect(savingOf(proposal(0, bankA, 'rejected', { deltaSum: -3, samples: 2 }))?.cents).toBe(-2n);
  });

  it('is the stored difference or old - new for a single comparison', () => {
    expect(savingOf(proposal(0, bankA, 'accepted', { deltaSum: 500, samples: 1 }))?.cents).toBe(500n);
    expect(savingOf(proposal(0, bankA, 'rejected', { old: 2100, new: 7100 }))?.cents).toBe(-5000n);
  });

  it('is absent where a cost is', () => {
    expect(savingOf(proposal(0, bankA, 'rejected', { old: 2100 }))).toBeUndefined();
  });

  it('tells a stored difference that is a cent more, as both stored costs are floored', () => {
    const floored = { deltaSum: 90609, samples: 50, old: 16932, new: 15119 };
    expect(storedDifference(proposal(10, bankA, 'accepted', floored))).toBe(1813n);
    expect(storedDifference(proposal(0, bankA, 'accepted', { ...floored, deltaSum: 90650 }))).toBeUndefined();
    expect(storedDifference(proposal(0, bankA, 'rejected', { old: 2100, new: 7100 }))).toBeUndefined();
  });
});
