import { expect, it } from 'vitest';

import type { JsonObject } from '../../lib/json.ts';
import { busyPolicies, busyScenario } from '../../testing/busyScenario.ts';
import { payment, runLab, scenarioOf } from '../../testing/labRun.ts';
import { toRecordedEvent } from '../record/recordRun.ts';

/** domain.md 7.2, read out of the reference and not out of `events.ts`: columns that are filled, keys of the details. */
const catalogue = `
Arrival | tx | sender_id receiver_id amount deadline priority is_divisible
PolicySubmit | agent tx |
PolicyHold | agent tx | reason
PolicyDrop | agent tx | reason
PolicySplit | agent tx | num_splits child_ids
TransactionReprioritized | agent tx | old_priority new_priority
PriorityEscalated | tx | sender_id original_priority escalated_priority ticks_until_deadline boost_applied
CollateralPost | agent | amount reason new_total
CollateralWithdraw | agent | amount reason new_total
CollateralTimerWithdrawn | agent | amount original_reason posted_at_tick new_total
CollateralTimerBlocked | agent | requested_amount reason original_reason posted_at_tick
StateRegisterSet | agent | register_key old_value new_value reason decision_path
BankBudgetSet | agent | max_value focus_counterparties max_per_counterparty
RtgsSubmission | tx | sender receiver amount internal_priority rtgs_priority
RtgsWithdrawal | tx | sender original_rtgs_priority
RtgsResubmission | tx | sender old_rtgs_priority new_rtgs_priority
RtgsImmediateSettlement | tx | sender receiver amount sender_balance_before sender_balance_after
QueuedRtgs | tx | sender_id
Queue2LiquidityRelease | tx | sender receiver amount queue_wait_ticks release_reason
LsmBilateralOffset | | agent_a agent_b tx_ids amount_a amount_b amount
LsmCycleSettlement | | agents tx_amounts total_value net_positions max_net_outflow max_net_outflow_agent tx_ids cycle_value
EntryDispositionOffset | | incoming_tx_id queued_tx_id agent_a agent_b offset_amount incoming_amount queued_amount
DeferredCreditApplied | agent | amount source_transactions
CostAccrual | agent | costs
TransactionWentOverdue | tx | sender_id receiver_id amount remaining_amount deadline_tick ticks_overdue deadline_penalty_cost
OverdueTransactionSettled | tx | sender_id receiver_id amount settled_amount deadline_tick overdue_since_tick total_ticks_overdue deadline_penalty_cost estimated_delay_cost
BilateralLimitExceeded | tx | sender receiver amount current_bilateral_outflow bilateral_limit
MultilateralLimitExceeded | tx | sender amount current_total_outflow multilateral_limit
AlgorithmExecution | | algorithm result settlements settled_value
ScenarioEventExecuted | | scenario_event_type details_json
EndOfDay | | day unsettled_count total_penalties
LiquidityAllocation | agent | day fraction amount balance_after
LiquidityReturn | agent | amount balance_after
`;

const words = (text = '') => text.split(' ').filter((word) => word !== '');

function shapeOf(columns: readonly string[], keys: readonly string[]): string {
  return `${columns.join(' ')} | ${[...keys].sort().join(' ')}`;
}

const expected = new Map(
  catalogue
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
    .map(([type = '', columns, keys]) => [type, shapeOf(words(columns), words(keys))]),
);

/** Between them they report every type there is. */
function everyEvent() {
  const ring = [payment('A', 'B', 500), payment('B', 'C', 500), payment('C', 'A', 500)];
  const cycle = scenarioOf(
    { A: 0, B: 0, C: 0 },
    { lsm_config: { enable_cycles: true }, scenario_events: ring },
  );
  return [
    ...[1, 2, 3].flatMap((seed) => runLab(busyScenario(seed), busyPolicies, seed).events),
    ...runLab(busyScenario(1, { deferred_crediting: true }), busyPolicies, 1).events,
    ...runLab(cycle).events,
  ].map(toRecordedEvent);
}

it('is the catalogue of the reference: every type, with exactly its columns and keys', () => {
  const found = new Map<string, Set<string>>();
  for (const { eventType, agentId, txId, details } of everyEvent()) {
    const columns = [...(agentId === undefined ? [] : ['agent']), ...(txId === undefined ? [] : ['tx'])];
    const shapes = found.get(eventType) ?? new Set<string>();
    found.set(eventType, shapes.add(shapeOf(columns, Object.keys(details))));
  }
  expect(new Map([...found].map(([type, shapes]) => [type, [...shapes].join(' or ')]))).toEqual(expected);
});

it('lists every component of a cost accrual, the opportunity cost too', () => {
  const accrual = everyEvent().find(({ eventType }) => eventType === 'CostAccrual');
  expect(Object.keys(accrual?.details.costs as JsonObject).sort()).toEqual([
    'collateral_cost',
    'delay_cost',
    'liquidity_cost',
    'liquidity_opportunity_cost',
    'penalty_cost',
    'split_friction_cost',
    'total',
  ]);
});
