import { describe, expect, it } from 'vitest';

import { eventWords } from './eventWords.ts';
import { reasonWords } from './eventDetails.ts';

const event = (eventType: string, details: unknown, more = {}) => ({
  eventType,
  details: typeof details === 'string' ? details : JSON.stringify(details),
  agentId: undefined,
  from: undefined,
  to: undefined,
  ...more,
});
const pair = { from: 'BANK_A', to: 'BANK_B' };

describe('an event in words', () => {
  it.each([
    [
      event('Arrival', { deadline: 64, priority: 5, is_divisible: false }, pair),
      'BANK_A → BANK_B, deadline tick 64, priority 5',
    ],
    [
      event('RtgsImmediateSettlement', { sender_balance_before: 100050, sender_balance_after: -250 }, pair),
      'BANK_A → BANK_B, sender $1,000.50 → −$2.50',
    ],
    [
      event(
        'CostAccrual',
        { costs: { delay_cost: 120, penalty_cost: 0, total: 2620 } },
        { agentId: 'BANK_A' },
      ),
      'BANK_A, delay $1.20, opportunity $25.00',
    ],
    [
      event('LiquidityAllocation', { fraction: 0.2 + 0.1, balance_after: 30000 }, { agentId: 'BANK_A' }),
      'BANK_A, fraction 30 %, balance then $300.00',
    ],
    [event('PolicyHold', { reason: 'Custom("Policy decision")' }, pair), 'BANK_A → BANK_B, Policy decision'],
    [
      event('LsmCycleSettlement', {
        agents: ['A', 'B', 'C', 'A'],
        tx_ids: ['1', '2', '3'],
        max_net_outflow: 500,
        max_net_outflow_agent: 'B',
      }),
      'A → B → C → A, 3 payments, most paid out $5.00, by B',
    ],
    [
      event('ScenarioEventExecuted', {
        scenario_event_type: 'direct_transfer',
        details_json: '{"from_agent":"A","to_agent":"B","amount":12345}',
      }),
      'transfer, A → B, $123.45',
    ],
    [
      event('EndOfDay', { day: 0, unsettled_count: 3, total_penalties: 0 }),
      'day 1, 3 unsettled, penalties $0.00',
    ],
    [event('SomethingNew', { a: 1 }, { agentId: 'BANK_A' }), 'BANK_A'],
    [event('Arrival', 'not json', pair), 'not json'],
    [event('TransactionWentOverdue', { remaining_amount: '9' }, pair), 'BANK_A → BANK_B'],
  ])('%o', (given, words) => {
    expect(eventWords(given)).toBe(words);
  });

  it('keeps digits beyond 2^53', () => {
    expect(
      eventWords(event('LiquidityReturn', '{"balance_after":9223372036854775807}', { agentId: 'A' })),
    ).toBe('A, balance then $92,233,720,368,547,758.07');
  });
});

it('names reasons, and leaves unknown ones as they are stored', () => {
  expect(reasonWords('NearDeadline { ticks_remaining: 2 }')).toBe('deadline near: 2 ticks');
  expect(reasonWords('Unheard')).toBe('Unheard');
});
