import { describe, expect, it } from 'vitest';

import { eventsOf, leaf, payment, labPolicy, runLab, scenarioOf, type LabRun } from '../../testing/labRun.ts';
import type { ScenarioInput } from './scenarioConfig.ts';

type ScenarioEvent = NonNullable<ScenarioInput['scenario_events']>[number];
const at = (tick: number) => ({ type: 'OneTime' as const, tick });

function executed(run: LabRun): (readonly [number, string, unknown])[] {
  return eventsOf(run, 'ScenarioEventExecuted').map(({ tick, details }) => [
    tick,
    details.scenario_event_type,
    JSON.parse(details.details_json) as unknown,
  ]);
}

const arriving = (events: ScenarioEvent[], ticks = 200): ScenarioInput => ({
  simulation: { ticks_per_day: ticks, num_days: 1, rng_seed: 3 },
  cost_rates: {},
  agents: [
    {
      id: 'A',
      opening_balance: 1_000_000,
      arrival_config: {
        rate_per_tick: 1,
        amount_distribution: { type: 'Uniform', min: 10, max: 20 },
        counterparty_weights: { B: 1, C: 3 },
        deadline_range: [4, 8],
      },
    },
    { id: 'B', opening_balance: 0 },
    { id: 'C', opening_balance: 0 },
  ],
  scenario_events: events,
});

describe('scenario events', () => {
  it('transfers directly, and settles on schedule if there is money', () => {
    const between = { from_agent: 'A', to_agent: 'B' };
    const run = runLab(
      scenarioOf(
        { A: 100, B: 0 },
        {
          scenario_events: [
            { type: 'DirectTransfer', ...between, amount: 30, schedule: at(0) },
            { type: 'ScheduledSettlement', ...between, amount: 60, schedule: at(1) },
            { type: 'ScheduledSettlement', ...between, amount: 60, schedule: at(2) },
          ],
        },
      ),
    );
    expect(executed(run)).toEqual([
      [0, 'direct_transfer', { ...between, amount: 30 }],
      [1, 'scheduled_settlement', { ...between, amount: 60, settled: true }],
      [
        2,
        'scheduled_settlement',
        { ...between, amount: 60, settled: false, reason: 'InsufficientLiquidity' },
      ],
    ]);
    expect(eventsOf(run, 'RtgsImmediateSettlement').map(({ txId, details }) => [txId, details])).toEqual([
      [
        'scheduled_settlement_1',
        { sender: 'A', receiver: 'B', amount: 60, sender_balance_before: 70, sender_balance_after: 10 },
      ],
    ]);
    expect([run.outcome.arrivals, run.outcome.settlements]).toEqual([0, 0]);
  });

  it('brings payments, once or repeatedly, reported with absolute deadlines', () => {
    const run = runLab(
      scenarioOf(
        { A: 100, B: 0 },
        {
          ticks: 5,
          scenario_events: [
            {
              ...payment('A', 'B', 10, 0, { deadline: 3 }),
              schedule: { type: 'Repeating', start_tick: 1, interval: 2 },
            },
          ],
        },
      ),
    );
    expect(executed(run)[1]).toEqual([
      3,
      'custom_transaction_arrival',
      {
        from_agent: 'A',
        to_agent: 'B',
        amount: 10,
        priority: 5,
        deadline: 6,
        is_divisible: false,
        tx_id: 't7-2',
      },
    ]);
    expect(eventsOf(run, 'Arrival').map(({ tick, details }) => [tick, details.deadline])).toEqual([
      [1, 4],
      [3, 6],
    ]);
  });

  it('caps deadlines at the end of the day where configured', () => {
    const scenario_events = [payment('A', 'B', 10, 0), payment('A', 'B', 10, 2)];
    const run = runLab(scenarioOf({ A: 100, B: 0 }, { deadline_cap_at_eod: true, scenario_events }));
    expect(eventsOf(run, 'Arrival').map(({ details }) => details.deadline)).toEqual([3, 3]);
  });

  it('adjusts collateral from outside', () => {
    const run = runLab(
      scenarioOf(
        { A: 0, B: 0 },
        {
          scenario_events: [
            { type: 'CollateralAdjustment', agent: 'A', delta: 500, schedule: at(0) },
            { type: 'CollateralAdjustment', agent: 'A', delta: -200, schedule: at(1) },
          ],
        },
      ),
    );
    expect(run.ticks.map(({ agents }) => agents[0]?.postedCollateralCents)).toEqual([500n, 300n, 300n]);
  });

  it('changes arrival rates, for one or for all', () => {
    const counts = (events: ScenarioEvent[]) => eventsOf(runLab(arriving(events)), 'Arrival').length;
    const plain = counts([]);
    expect(counts([{ type: 'GlobalArrivalRateChange', multiplier: 3, schedule: at(0) }])).toBeGreaterThan(
      2 * plain,
    );
    expect(counts([{ type: 'GlobalArrivalRateChange', multiplier: 0, schedule: at(0) }])).toBe(0);
    const change: ScenarioEvent = {
      type: 'AgentArrivalRateChange',
      agent: 'A',
      multiplier: 0.5,
      schedule: at(0),
    };
    expect(executed(runLab(arriving([change])))).toEqual([
      [0, 'agent_arrival_rate_change', { agent: 'A', multiplier: 0.5, old_rate: 1, new_rate: 0.5 }],
    ]);
  });

  it('changes counterparties and deadlines', () => {
    const weight: ScenarioEvent = {
      type: 'CounterpartyWeightChange',
      agent: 'A',
      counterparty: 'B',
      new_weight: 1,
      auto_balance_others: true,
      schedule: at(0),
    };
    const onlyB = eventsOf(runLab(arriving([weight])), 'Arrival');
    expect(new Set(onlyB.map(({ details }) => details.receiver_id))).toEqual(new Set(['B']));
    const window: ScenarioEvent = {
      type: 'DeadlineWindowChange',
      min_ticks_multiplier: 2,
      max_ticks_multiplier: 1.5,
      schedule: at(0),
    };
    const spans = eventsOf(runLab(arriving([window])), 'Arrival').map(
      ({ tick, details }) => details.deadline - tick,
    );
    expect([Math.min(...spans), Math.max(...spans)]).toEqual([8, 12]);
  });

  it('escalates priorities as the deadline comes close', () => {
    const run = runLab(
      scenarioOf(
        { A: 100, B: 0 },
        {
          ticks: 5,
          priority_escalation: { start_escalating_at_ticks: 2, max_boost: 3 },
          scenario_events: [payment('A', 'B', 10, 0, { deadline: 4 })],
        },
      ),
      { A: labPolicy({ payment_tree: leaf('Hold') }) },
    );
    expect(
      eventsOf(run, 'PriorityEscalated').map(({ tick, details }) => [tick, details.escalated_priority]),
    ).toEqual([
      [2, 6],
      [3, 7],
      [4, 8],
    ]);
  });
});
