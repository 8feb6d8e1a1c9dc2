import { describe, expect, it } from 'vitest';

import type { JsonObject } from '../lib/json.ts';
import { agentId } from '../lib/ids.ts';
import type { StoredEvent } from '../domain/replay/details.ts';
import { replayOriginal } from './replayOriginal.ts';

interface Bank {
  readonly id: string;
  readonly opening_balance: number;
  readonly [key: string]: number | string | JsonObject;
}

const scenario = (agents: readonly Bank[], more: JsonObject = {}): JsonObject => ({
  simulation: { ticks_per_day: 4, num_days: 1 },
  agents: [...agents],
  ...more,
});

/** A payment that arrives and waits in Queue 2. */
const queued = (tick: number, txId: string, sender: string, receiver: string, amount: number) => [
  {
    tick,
    eventType: 'Arrival',
    txId,
    details: { sender_id: sender, receiver_id: receiver, amount, deadline: 9, priority: 5 },
  },
  { tick, eventType: 'QueuedRtgs', txId, details: { sender_id: sender } },
];

const offset = (tick: number, txIds: readonly string[], amountA: number, amountB: number): StoredEvent => ({
  tick,
  eventType: 'LsmBilateralOffset',
  details: { agent_a: 'A', agent_b: 'B', tx_ids: [...txIds], amount_a: amountA, amount_b: amountB },
});

function play(config: JsonObject, events: readonly StoredEvent[]) {
  const replay = replayOriginal('run', config, events);
  if (replay === undefined) throw new Error('no scenario');
  return {
    reading: replay.reading,
    violations: replay.violations.map(({ message }) => message),
    balances: Object.fromEntries([...replay.state.agents].map(([id, { balance }]) => [id, balance])),
    settled: Object.fromEntries(
      [...replay.state.settlements].map(([id, { tick, way }]) => [id, `${way} in ${tick}`]),
    ),
    offsets: replay.state.offsets.map(({ outcome }) => outcome),
  };
}

const two = scenario([
  { id: 'A', opening_balance: 100 },
  { id: 'B', opening_balance: 0 },
]);

describe('a run of the original with offsetting', () => {
  it('refuses an offset whose payer is short of the difference, as often as it is written', () => {
    const events = [
      ...queued(0, 'ab', 'A', 'B', 900),
      ...queued(0, 'ba', 'B', 'A', 700),
      offset(0, ['ab', 'ba'], 900, 700),
      offset(1, ['ab', 'ba'], 900, 700),
    ];
    expect(play(two, events)).toEqual({
      reading: 'command line',
      violations: [],
      balances: { A: 100n, B: 0n },
      settled: {},
      offsets: ['refused', 'refused'],
    });
  });

  it('settles it when a higher cap covers the difference, and what was waiting then, without an event', () => {
    const events: StoredEvent[] = [
      ...queued(0, 'ab', 'A', 'B', 900),
      ...queued(0, 'ba', 'B', 'A', 700),
      ...queued(0, 'bc', 'B', 'C', 150),
      offset(0, ['ab', 'ba'], 900, 700),
      {
        tick: 1,
        eventType: 'ScenarioEventExecuted',
        details: {
          scenario_event_type: 'collateral_adjustment',
          details_json: JSON.stringify({ agent: 'A', delta: 100 }),
        },
      },
      offset(1, ['ab', 'ba'], 900, 700),
    ];
    const three = scenario([
      { id: 'A', opening_balance: 100 },
      { id: 'B', opening_balance: 0 },
      { id: 'C', opening_balance: 0 },
    ]);
    expect(play(three, events)).toMatchObject({
      balances: { A: -100n, B: 50n, C: 150n },
      settled: { ab: 'offset in 1', ba: 'offset in 1', bc: 'silent in 1' },
      offsets: ['refused', 'settled'],
    });
  });

  it('settles a cycle with more payments than banks, though no event tells of it', () => {
    const banks = ['A', 'B', 'C'].map((id) => ({ id, opening_balance: 0 }));
    const events = [
      ...queued(0, 'ab1', 'A', 'B', 300),
      ...queued(0, 'ab2', 'A', 'B', 200),
      ...queued(0, 'bc', 'B', 'C', 500),
      ...queued(0, 'ca', 'C', 'A', 500),
    ];
    const played = play(scenario(banks), events);
    expect(Object.values(played.settled)).toEqual(Array(4).fill('cycle in 0'));
    expect(play(scenario(banks, { lsm_config: { enable_cycles: false } }), events).settled).toEqual({});
  });

  it('takes limits to be in force only where the records say so', () => {
    const limited = scenario([
      { id: 'A', opening_balance: 1000, limits: { bilateral_limits: { B: 500 } } },
      { id: 'B', opening_balance: 0 },
    ]);
    const events = [
      ...queued(0, 'ab', 'A', 'B', 900),
      ...queued(0, 'ba', 'B', 'A', 700),
      offset(0, ['ab', 'ba'], 900, 700),
    ];
    const pay = (tick: number, before: number): StoredEvent[] => [
      ...queued(tick, 'late', 'A', 'B', 10).slice(0, 1),
      {
        tick,
        eventType: 'RtgsImmediateSettlement',
        txId: 'late',
        details: {
          sender: 'A',
          receiver: 'B',
          amount: 10,
          sender_balance_before: before,
          sender_balance_after: before - 10,
        },
      },
    ];
    expect(play(limited, [...events, ...pay(1, 800)])).toMatchObject({
      reading: 'command line',
      violations: [],
      offsets: ['settled'],
    });
    expect(play(limited, [...events, ...pay(1, 1000)])).toMatchObject({
      reading: 'as stated',
      violations: [],
      offsets: ['refused'],
    });
    expect(play(limited, [...events, ...pay(1, 77)]).violations).toHaveLength(2);
  });

  it('knows what settled under deferred crediting by the credits of the tick', () => {
    const deferred = { ...two, deferred_crediting: true };
    const credit = (id: string, amount: number, txIds: readonly string[]): StoredEvent => ({
      tick: 0,
      eventType: 'DeferredCreditApplied',
      agentId: id,
      details: { amount, source_transactions: [...txIds] },
    });
    const events = [
      ...queued(0, 'ab', 'A', 'B', 900),
      ...queued(0, 'ba', 'B', 'A', 850),
      offset(0, ['ab', 'ba'], 900, 850),
      credit('A', 850, ['ba']),
      credit('B', 900, ['ab']),
      ...queued(1, 'late', 'B', 'A', 40),
    ];
    expect(play(deferred, events)).toMatchObject({
      violations: [],
      balances: { A: 50n, B: 50n },
      offsets: ['settled'],
      settled: { ab: 'offset in 0', ba: 'offset in 0' },
    });
  });

  it('leaves a withdrawn payment in no queue, and puts it into Queue 1 when it is resubmitted', () => {
    const events: StoredEvent[] = [
      ...queued(0, 'ab', 'A', 'B', 900),
      { tick: 1, eventType: 'RtgsWithdrawal', txId: 'ab', details: { sender: 'A' } },
    ];
    const again: StoredEvent = {
      tick: 2,
      eventType: 'RtgsResubmission',
      txId: 'ab',
      details: { sender: 'A', old_rtgs_priority: 'None', new_rtgs_priority: 'Urgent' },
    };
    const waiting = (played: readonly StoredEvent[]) => {
      const replay = replayOriginal('run', two, played);
      return [
        [...(replay?.state.agents.get(agentId('A'))?.queue1 ?? [])],
        [...(replay?.state.queue2.values() ?? [])].flatMap((ids) => [...ids]),
      ];
    };
    expect(waiting(events)).toEqual([[], []]);
    expect(waiting([...events, again])).toEqual([['ab'], []]);
  });
});
