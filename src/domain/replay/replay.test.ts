import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { toRecordedEvent } from '../../lab/record/recordRun.ts';
import { toJsonObject } from '../../lab/record/toJson.ts';
import { busyPolicies, busyScenario } from '../../testing/busyScenario.ts';
import { runLab, type LabRun } from '../../testing/labRun.ts';
import type { StoredEvent } from './details.ts';
import { openingOf, replayEvents } from './replay.ts';
import { queue2Order } from './replayState.ts';

function openingOfScenario(scenario: object) {
  const opening = openingOf(toJsonObject(scenario));
  if (opening === undefined) throw new Error('not a scenario');
  return opening;
}

const stored = (run: LabRun): StoredEvent[] => run.events.map(toRecordedEvent);

describe('replay of events', () => {
  it('gives balances, queues and costs of every tick to the cent, whatever happened', () => {
    fc.assert(
      fc.property(fc.integer(), fc.boolean(), fc.boolean(), (seed, deferred, saving) => {
        const scenario = busyScenario(seed, {
          deferred_crediting: deferred,
          ...(saving ? {} : { lsm_config: {}, entry_disposition_offsetting: false }),
        });
        const run = runLab(scenario, busyPolicies);
        let ticks = 0;
        const { state, violations } = replayEvents(
          'run',
          openingOfScenario(scenario),
          stored(run),
          (tick, at) => {
            ticks += 1;
            const live = run.ticks[tick];
            expect(queue2Order(at)).toEqual(live?.queue2.map(({ txId }) => txId));
            for (const agent of live?.agents ?? []) {
              const replayed = at.agents.get(agent.agentId);
              expect(replayed?.balance).toBe(agent.balanceCents);
              expect(replayed?.postedCollateral).toBe(agent.postedCollateralCents);
              expect([...(replayed?.queue1 ?? [])]).toEqual(agent.queue1);
              expect(replayed?.costs).toEqual(agent.costs);
              expect(replayed?.tickCosts).toEqual(agent.tickCosts);
            }
          },
        );
        expect(ticks).toBe(24);
        expect(violations).toEqual([]);
        for (const agent of run.outcome.agents) {
          const replayed = state.agents.get(agent.agentId);
          expect([replayed?.arrivals, replayed?.settlements]).toEqual([agent.arrivals, agent.settlements]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('sees every kind of event in these runs, so that nothing is proved of what never happens', () => {
    const seen = new Set<string>();
    for (const deferred of [true, false]) {
      for (let seed = 0; seed < 10; seed += 1) {
        const run = runLab(busyScenario(seed, { deferred_crediting: deferred }), busyPolicies);
        for (const event of run.events) seen.add(event.eventType);
      }
    }
    expect([...seen].sort()).toEqual(
      [
        'AlgorithmExecution',
        'Arrival',
        'BankBudgetSet',
        'BilateralLimitExceeded',
        'CollateralPost',
        'CollateralTimerBlocked',
        'CollateralTimerWithdrawn',
        'CollateralWithdraw',
        'CostAccrual',
        'DeferredCreditApplied',
        'EndOfDay',
        'EntryDispositionOffset',
        'LiquidityAllocation',
        'LiquidityReturn',
        'LsmBilateralOffset',
        'LsmCycleSettlement',
        'MultilateralLimitExceeded',
        'OverdueTransactionSettled',
        'PolicyDrop',
        'PolicyHold',
        'PolicySplit',
        'PolicySubmit',
        'PriorityEscalated',
        'Queue2LiquidityRelease',
        'QueuedRtgs',
        'RtgsImmediateSettlement',
        'RtgsResubmission',
        'RtgsSubmission',
        'RtgsWithdrawal',
        'ScenarioEventExecuted',
        'StateRegisterSet',
        'TransactionReprioritized',
        'TransactionWentOverdue',
      ].sort(),
    );
  });

  it('notices a settlement that is missing, and an amount that was changed', () => {
    const scenario = busyScenario(3);
    const events = stored(runLab(scenario, busyPolicies));
    const opening = openingOfScenario(scenario);
    const settlement = events.findIndex(({ eventType }) => eventType === 'RtgsImmediateSettlement');
    const missing = replayEvents('run', opening, events.toSpliced(settlement, 1));
    expect(missing.violations[0]?.message).toMatch(/sender_balance_before|pool/);
    const accrual = events.findIndex(({ eventType }) => eventType === 'CostAccrual');
    const changed = events.map((event, i) =>
      i === accrual ? { ...event, details: { costs: { ...costsOf(event), total: 1 } } } : event,
    );
    expect(replayEvents('run', opening, changed).violations[0]?.message).toMatch(
      /total of a cost accrual: 1 expected/,
    );
  });

  it('names an event that does not tell what it must', () => {
    const opening = openingOfScenario(busyScenario(1));
    const { violations } = replayEvents('run', opening, [
      { tick: 0, eventType: 'Arrival', txId: 't', details: { sender_id: 'BANK_A', receiver_id: 'BANK_B' } },
      { tick: 0, eventType: 'QueuedRtgs', txId: 'never', details: {} },
    ]);
    expect(violations.map(({ message }) => message)).toEqual([
      'tick 0, Arrival: "amount" is absent, not an integer number of cents',
      'tick 0, QueuedRtgs: the payment never never arrived',
    ]);
  });
});

function costsOf(event: StoredEvent) {
  const { costs } = event.details;
  return typeof costs === 'object' && costs !== null && !Array.isArray(costs) ? costs : {};
}
