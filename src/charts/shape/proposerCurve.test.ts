import fc from 'fast-check';
import { expect, test } from 'vitest';

import { agentId } from '../../lib/ids.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { cents } from '../../lib/units.ts';
import { verdicts, type RejectionKind } from '../../domain/experiment/verdict.ts';
import { curveBins, curveKinds, mostBins, savingsOf } from './proposerCurve.ts';

function proposal(iteration: number, verdict: Proposal['verdict'], more: Partial<Proposal> = {}): Proposal {
  return {
    iteration,
    agentId: agentId('A'),
    verdict,
    verdictSource: 'evaluation row',
    rejectionKind: undefined,
    reason: undefined,
    parameters: new Map(),
    oldCostCents: undefined,
    newCostCents: undefined,
    deltaSumCents: undefined,
    sampleCount: undefined,
    settlementRate: undefined,
    newCostStdDevCents: undefined,
    newCostIntervalCents: undefined,
    ...more,
  };
}

const costs = (old: bigint | number, fresh: bigint | number, deltaSum?: bigint | number) => ({
  oldCostCents: cents(old),
  newCostCents: cents(fresh),
  ...(deltaSum === undefined ? {} : { deltaSumCents: cents(deltaSum), sampleCount: 50 }),
});

test('savings won are those of accepted proposals, lost ones those turned down though cheaper', () => {
  const found = savingsOf([
    proposal(0, 'accepted', costs(5000, 4000)),
    proposal(1, 'accepted', costs(4000, 3500)),
    proposal(2, 'rejected', costs(3500, 9000)),
    proposal(3, 'rejected', costs(3500, 3000)),
    proposal(4, 'rejected', costs(3500, 3499, 30)),
    proposal(5, 'rejected', costs(3500, 3500, 0)),
    proposal(6, 'invalid'),
    proposal(7, 'accepted'),
  ]);
  expect(found).toEqual({ wonCents: 1500n, lostCents: 501n, lostCount: 2, withoutCosts: 1 });
});

test('where no cost is recorded nothing is summed', () => {
  expect(savingsOf([proposal(0, 'accepted'), proposal(1, 'rejected')])).toEqual({
    wonCents: undefined,
    lostCents: undefined,
    lostCount: 0,
    withoutCosts: 2,
  });
});

test('sums keep every cent beyond what a double holds', () => {
  const large = 2n ** 60n + 1n;
  const found = savingsOf([
    proposal(0, 'accepted', costs(large, 0n)),
    proposal(1, 'accepted', costs(2n, 0n)),
  ]);
  expect(found.wonCents).toBe(large + 2n);
});

const rejectionKinds: readonly RejectionKind[] = ['worse', 'not_significant', 'unstable', 'below_floor'];
const some = fc
  .tuple(
    fc.integer({ min: 3, max: 9999 }),
    fc.constantFrom(...verdicts),
    fc.constantFrom(...rejectionKinds, undefined),
  )
  .map(([iteration, verdict, rejectionKind]) => proposal(iteration, verdict, { rejectionKind }));

test('each proposal is counted once, in few bins that do not overlap', () => {
  fc.assert(
    fc.property(fc.array(some, { maxLength: 200 }), (proposals) => {
      const bins = curveBins(proposals);
      expect(bins.length).toBeLessThanOrEqual(mostBins);
      expect(bins.reduce((sum, { total }) => sum + total, 0)).toBe(proposals.length);
      for (const [place, bin] of bins.entries()) {
        expect(curveKinds.reduce((sum, kind) => sum + bin.counts[kind], 0)).toBe(bin.total);
        expect(bin.to).toBeGreaterThanOrEqual(bin.from);
        expect(bin.from).toBeGreaterThan(bins[place - 1]?.to ?? -1);
      }
    }),
  );
});

test('few iterations stand alone', () => {
  const bins = curveBins([proposal(2, 'accepted'), proposal(4, 'invalid'), proposal(4, 'accepted')]);
  expect(bins.map(({ from, to, total }) => [from, to, total])).toEqual([
    [2, 2, 1],
    [4, 4, 2],
  ]);
});
