import { describe, expect, it } from 'vitest';

import { runLab } from '../../testing/labRun.ts';
import { twelvePeriods } from '../samples/writeSample.ts';
import { scenarioConfig } from '../simulator/scenarioConfig.ts';
import { simulate } from '../simulator/simulate.ts';
import { resample } from './resample.ts';

const scenario = scenarioConfig.parse(twelvePeriods);
const context = runLab(twelvePeriods).outcome;
const samples = resample(scenario, context, 'BANK_A', 1088125515, 10);

describe('bootstrap samples', () => {
  it('have the seeds of the hierarchy and are the same every time', () => {
    expect(samples.slice(0, 3).map(({ seed }) => seed)).toEqual([58745492, 1290828484, 1285962202]);
    expect(resample(scenario, context, 'BANK_A', 1088125515, 10)).toEqual(samples);
  });

  it("draw as many payments as the agent had, each of them one of the agent's, with replacement", () => {
    const sent = context.payments.filter(({ senderId }) => senderId === 'BANK_A');
    const amounts = new Set(sent.map(({ amountCents }) => Number(amountCents)));
    for (const { scenario: sandbox } of samples) {
      const arrivals = sandbox.scenario_events.filter(({ type }) => type === 'CustomTransactionArrival');
      expect(arrivals).toHaveLength(sent.length);
      const drawn = arrivals.flatMap((event) => ('amount' in event ? [event.amount] : []));
      expect(drawn.every((amount) => amounts.has(amount))).toBe(true);
      expect(new Set(drawn).size).toBeLessThan(drawn.length);
    }
    expect(new Set(samples.map((sample) => JSON.stringify(sample.scenario.scenario_events))).size).toBe(10);
  });

  it('bring money in no sooner than it could be used in the context run', () => {
    const ticks = new Set(
      context.payments
        .filter(({ receiverId }) => receiverId === 'BANK_A')
        .flatMap(({ settlementTick }) => (settlementTick === undefined ? [] : [settlementTick + 1])),
    );
    const incoming = samples.flatMap(({ scenario: sandbox }) =>
      sandbox.scenario_events.filter(({ type }) => type === 'DirectTransfer'),
    );
    expect(incoming.length).toBeGreaterThan(100);
    for (const { schedule } of incoming) {
      expect(schedule.type === 'OneTime' && ticks.has(schedule.tick)).toBe(true);
    }
  });

  it('play in a sandbox of three, in which only the agent bears costs', () => {
    for (const { scenario: sandbox, seed } of samples) {
      const { agents } = simulate({ scenario: sandbox, policies: new Map(), seed });
      expect(agents.map(({ agentId }) => agentId)).toEqual(['BANK_A', 'SANDBOX_SOURCE', 'SANDBOX_SINK']);
      expect(agents[0]?.costs.total).toBeGreaterThan(0n);
      expect(agents.slice(1).map(({ costs }) => costs.total)).toEqual([0n, 0n]);
    }
  });
});
