import { describe, expect, it } from 'vitest';

import { eventsOf, payment, runLab, scenarioOf } from '../../testing/labRun.ts';

const bilateral = { lsm_config: { enable_bilateral: true } };
const cycles = { lsm_config: { enable_cycles: true } };

describe('bilateral offsetting', () => {
  it('settles opposite payments when the net payer can cover the difference', () => {
    const scenario_events = [payment('A', 'B', 700), payment('A', 'B', 400), payment('B', 'A', 1_000)];
    const run = runLab(scenarioOf({ A: 100, B: 0 }, { ...bilateral, scenario_events }));
    expect(eventsOf(run, 'LsmBilateralOffset').map(({ tick, details }) => [tick, details])).toEqual([
      [
        0,
        {
          agent_a: 'A',
          agent_b: 'B',
          tx_ids: ['t7-1', 't7-2', 't7-3'],
          amount_a: 1_100,
          amount_b: 1_000,
          amount: 2_100,
        },
      ],
    ]);
    expect(run.outcome.agents.map(({ balanceCents }) => balanceCents)).toEqual([0n, 100n]);
    expect(run.outcome.settlements).toBe(3);
  });

  it('leaves out what the net payer cannot cover, in queue order', () => {
    const scenario_events = [payment('A', 'B', 700), payment('A', 'B', 500), payment('B', 'A', 1_000)];
    const run = runLab(scenarioOf({ A: 100, B: 300 }, { ...bilateral, scenario_events }));
    expect(eventsOf(run, 'LsmBilateralOffset').map(({ details }) => details.tx_ids)).toEqual([
      ['t7-1', 't7-3'],
    ]);
    expect(run.outcome.agents.map(({ balanceCents }) => balanceCents)).toEqual([400n, 0n]);
  });

  it('does nothing when the difference cannot be paid, or when it is switched off', () => {
    const scenario_events = [payment('A', 'B', 700), payment('B', 'A', 1_000)];
    expect(runLab(scenarioOf({ A: 0, B: 100 }, { ...bilateral, scenario_events })).outcome.settlements).toBe(
      0,
    );
    expect(runLab(scenarioOf({ A: 0, B: 300 }, { scenario_events })).outcome.settlements).toBe(0);
    expect(runLab(scenarioOf({ A: 0, B: 300 }, { ...bilateral, scenario_events })).outcome.settlements).toBe(
      2,
    );
  });

  it('logs what Queue 2 settles with the money that an offset set free', () => {
    const scenario_events = [payment('A', 'B', 700), payment('B', 'A', 1_000), payment('A', 'C', 250)];
    const run = runLab(scenarioOf({ A: 0, B: 300, C: 0 }, { ...bilateral, scenario_events }));
    expect(eventsOf(run, 'Queue2LiquidityRelease').map(({ tick, txId }) => [tick, txId])).toEqual([
      [0, 't7-3'],
    ]);
    expect(run.outcome.settlements).toBe(3);
  });
});

describe('multilateral offsetting', () => {
  const ring = [payment('A', 'B', 500), payment('B', 'C', 450), payment('C', 'A', 480)];

  it('settles a ring whose banks can each pay their net outflow', () => {
    const run = runLab(scenarioOf({ A: 20, B: 0, C: 30 }, { ...cycles, scenario_events: ring }));
    expect(eventsOf(run, 'LsmCycleSettlement').map(({ details }) => details)).toEqual([
      {
        agents: ['A', 'B', 'C', 'A'],
        tx_amounts: [500, 450, 480],
        total_value: 1_430,
        net_positions: [-20, 50, -30, -20],
        max_net_outflow: 30,
        max_net_outflow_agent: 'C',
        tx_ids: ['t7-1', 't7-2', 't7-3'],
        cycle_value: 1_430,
      },
    ]);
    expect(run.outcome.agents.map(({ balanceCents }) => balanceCents)).toEqual([0n, 50n, 0n]);
  });

  it('does not when one of them cannot', () => {
    const run = runLab(scenarioOf({ A: 20, B: 0, C: 29 }, { ...cycles, scenario_events: ring }));
    expect(run.outcome.settlements).toBe(0);
  });

  it('finds a ring of four, and none longer than configured', () => {
    const four = [payment('A', 'B', 5), payment('B', 'C', 5), payment('C', 'D', 5), payment('D', 'A', 5)];
    const run = (longest: number) =>
      runLab(
        scenarioOf(
          { A: 0, B: 0, C: 0, D: 0 },
          { lsm_config: { enable_cycles: true, max_cycle_length: longest }, scenario_events: four },
        ),
      ).outcome.settlements;
    expect(run(4)).toBe(4);
    expect(run(3)).toBe(0);
  });
});

describe('entry disposition', () => {
  it('offsets an entering payment with one that waits in the other direction', () => {
    const scenario_events = [payment('B', 'A', 300), payment('A', 'B', 350, 1)];
    const run = runLab(scenarioOf({ A: 60, B: 0 }, { entry_disposition_offsetting: true, scenario_events }));
    expect(eventsOf(run, 'EntryDispositionOffset').map(({ tick, details }) => [tick, details])).toEqual([
      [
        1,
        {
          incoming_tx_id: 't7-2',
          queued_tx_id: 't7-1',
          agent_a: 'A',
          agent_b: 'B',
          offset_amount: 300,
          incoming_amount: 350,
          queued_amount: 300,
        },
      ],
    ]);
    // The money is told by the offset that follows.
    expect(
      eventsOf(run, 'LsmBilateralOffset').map(({ details }) => [details.amount_a, details.amount_b]),
    ).toEqual([[350, 300]]);
    expect(run.outcome.agents.map(({ balanceCents }) => balanceCents)).toEqual([10n, 50n]);
    expect(run.outcome.agents.flatMap(({ queue2 }) => queue2)).toEqual([]);
  });
});

describe('algorithm sequencing', () => {
  it('reports each algorithm and what it brought, while anything is queued', () => {
    const scenario_events = [payment('A', 'B', 700), payment('B', 'A', 700)];
    const run = runLab(
      scenarioOf({ A: 0, B: 0 }, { ...bilateral, algorithm_sequencing: true, scenario_events, ticks: 2 }),
    );
    expect(eventsOf(run, 'AlgorithmExecution').map(({ tick, details }) => [tick, details])).toEqual([
      [0, { algorithm: 1, result: 'NoProgress', settlements: 0, settled_value: 0 }],
      [0, { algorithm: 2, result: 'Success', settlements: 2, settled_value: 1_400 }],
    ]);
  });
});
