import { describe, expect, it } from 'vitest';
import { metricAvailability, scaleAvailability } from './metric.ts';
import { formatParameter, drawnParameters, parameterLabel } from './figurePanels.ts';
import { bankA, detail, fraction, proposal, row, sampledDetail } from '../../testing/figureExperiment.ts';

describe('metricAvailability', () => {
  it('offers what is recorded and says why not the rest', () => {
    const offered = metricAvailability(sampledDetail());
    expect(offered.cost.available && offered.delta.available).toBe(true);
    expect(offered.settlement).toEqual({
      available: false,
      reason: 'This file does not record a settlement rate for its proposals.',
    });
  });

  it('tells no proposals from proposals without costs', () => {
    const none = metricAvailability(detail([row(0, { BANK_A: 1 })], []));
    expect(none.delta).toEqual({ available: false, reason: 'This experiment records no proposals.' });
    const bare = metricAvailability(detail([], [proposal(0, bankA, 'rejected')]));
    expect(bare.delta).toEqual({
      available: false,
      reason: 'This file does not record the old and new cost of its proposals.',
    });
    expect(bare.cost.available).toBe(false);
  });

  it('gives a log scale to costs only', () => {
    expect(scaleAvailability('cost').log.available).toBe(true);
    expect(scaleAvailability('delta').log.available).toBe(false);
    expect(scaleAvailability('settlement').log.available).toBe(false);
  });
});

describe('parameters', () => {
  it('lists the liquidity fraction first and the rest by name, from policies and proposals', () => {
    const given = detail(
      [row(0, { BANK_A: 1 }, { BANK_A: 0.5 })],
      [
        {
          ...proposal(0, bankA, 'rejected'),
          parameters: new Map([
            ['urgency', 3],
            ['buffer', 2],
          ]),
        },
      ],
    );
    expect(drawnParameters(given)).toEqual([fraction, 'buffer', 'urgency']);
  });

  it('writes the fraction in percent with the digits that were given', () => {
    expect(formatParameter(fraction, 0.1501)).toBe('15.01 %');
    expect(formatParameter(fraction, 0.07)).toBe('7 %');
    expect(formatParameter('urgency', 1234.5)).toBe('1,234.5');
    expect(parameterLabel(fraction)).toBe('Initial liquidity fraction');
  });
});
