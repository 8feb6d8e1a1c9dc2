/**
 * What a simulation reports, in the order in which it happens: the catalogue of domain.md 7.2 with exactly its
 * keys. `details` is stored as it stands here; `agentId` and `txId` become columns. All amounts are cents.
 */
import type { RtgsPriority } from '../../domain/policy/interpret/ast.ts';

interface OfAgent<Details> {
  readonly agentId: string;
  readonly details: Details;
}
interface OfPayment<Details> {
  readonly txId: string;
  readonly details: Details;
}
interface OfBoth<Details> extends OfAgent<Details> {
  readonly txId: string;
}
interface OfNone<Details> {
  readonly details: Details;
}

/** The components of one accrual; `total` is their sum. The original leaves the opportunity cost out. */
export interface AccruedCosts {
  readonly liquidity_cost: number;
  readonly delay_cost: number;
  readonly collateral_cost: number;
  readonly penalty_cost: number;
  readonly split_friction_cost: number;
  readonly liquidity_opportunity_cost: number;
  readonly total: number;
}

interface Transfer {
  readonly sender: string;
  readonly receiver: string;
  readonly amount: number;
}

interface EventCatalogue {
  LiquidityAllocation: OfAgent<{ day: number; fraction: number; amount: number; balance_after: number }>;
  LiquidityReturn: OfAgent<{ amount: number; balance_after: number }>;
  ScenarioEventExecuted: OfNone<{ scenario_event_type: string; details_json: string }>;
  Arrival: OfPayment<{
    sender_id: string;
    receiver_id: string;
    amount: number;
    deadline: number;
    priority: number;
    is_divisible: boolean;
  }>;
  PriorityEscalated: OfPayment<{
    sender_id: string;
    original_priority: number;
    escalated_priority: number;
    ticks_until_deadline: number;
    boost_applied: number;
  }>;
  BankBudgetSet: OfAgent<{
    max_value: number;
    focus_counterparties: readonly string[] | null;
    max_per_counterparty: number | null;
  }>;
  StateRegisterSet: OfAgent<{
    register_key: string;
    old_value: number;
    new_value: number;
    reason: string;
    decision_path: string | null;
  }>;
  CollateralPost: OfAgent<{ amount: number; reason: string; new_total: number }>;
  CollateralWithdraw: OfAgent<{ amount: number; reason: string; new_total: number }>;
  CollateralTimerWithdrawn: OfAgent<{
    amount: number;
    original_reason: string;
    posted_at_tick: number;
    new_total: number;
  }>;
  CollateralTimerBlocked: OfAgent<{
    requested_amount: number;
    reason: string;
    original_reason: string;
    posted_at_tick: number;
  }>;
  PolicySubmit: OfBoth<Record<string, never>>;
  PolicyHold: OfBoth<{ reason: string }>;
  PolicyDrop: OfBoth<{ reason: string }>;
  PolicySplit: OfBoth<{ num_splits: number; child_ids: readonly string[] }>;
  TransactionReprioritized: OfBoth<{ old_priority: number; new_priority: number }>;
  RtgsSubmission: OfPayment<Transfer & { internal_priority: number; rtgs_priority: RtgsPriority }>;
  RtgsWithdrawal: OfPayment<{ sender: string; original_rtgs_priority: RtgsPriority }>;
  RtgsResubmission: OfPayment<{
    sender: string;
    old_rtgs_priority: RtgsPriority;
    new_rtgs_priority: RtgsPriority;
  }>;
  RtgsImmediateSettlement: OfPayment<
    Transfer & { sender_balance_before: number; sender_balance_after: number }
  >;
  QueuedRtgs: OfPayment<{ sender_id: string }>;
  Queue2LiquidityRelease: OfPayment<Transfer & { queue_wait_ticks: number; release_reason: string }>;
  EntryDispositionOffset: OfNone<{
    incoming_tx_id: string;
    queued_tx_id: string;
    agent_a: string;
    agent_b: string;
    offset_amount: number;
    incoming_amount: number;
    queued_amount: number;
  }>;
  LsmBilateralOffset: OfNone<{
    agent_a: string;
    agent_b: string;
    tx_ids: readonly string[];
    amount_a: number;
    amount_b: number;
    amount: number;
  }>;
  LsmCycleSettlement: OfNone<{
    agents: readonly string[];
    tx_amounts: readonly number[];
    total_value: number;
    net_positions: readonly number[];
    max_net_outflow: number;
    max_net_outflow_agent: string;
    tx_ids: readonly string[];
    cycle_value: number;
  }>;
  AlgorithmExecution: OfNone<{
    algorithm: number;
    result: 'Success' | 'NoProgress';
    settlements: number;
    settled_value: number;
  }>;
  BilateralLimitExceeded: OfPayment<
    Transfer & { current_bilateral_outflow: number; bilateral_limit: number }
  >;
  MultilateralLimitExceeded: OfPayment<{
    sender: string;
    amount: number;
    current_total_outflow: number;
    multilateral_limit: number;
  }>;
  DeferredCreditApplied: OfAgent<{ amount: number; source_transactions: readonly string[] }>;
  TransactionWentOverdue: OfPayment<{
    sender_id: string;
    receiver_id: string;
    amount: number;
    remaining_amount: number;
    deadline_tick: number;
    ticks_overdue: number;
    deadline_penalty_cost: number;
  }>;
  OverdueTransactionSettled: OfPayment<{
    sender_id: string;
    receiver_id: string;
    amount: number;
    settled_amount: number;
    deadline_tick: number;
    overdue_since_tick: number;
    total_ticks_overdue: number;
    deadline_penalty_cost: number;
    estimated_delay_cost: number;
  }>;
  CostAccrual: OfAgent<{ costs: AccruedCosts }>;
  EndOfDay: OfNone<{ day: number; unsettled_count: number; total_penalties: number }>;
}

export type LabEventType = keyof EventCatalogue;
export type SimulatedEvent = {
  [Type in LabEventType]: { readonly tick: number; readonly eventType: Type } & EventCatalogue[Type];
}[LabEventType];

/** Receives every event as it happens. */
export type EventLog = (event: SimulatedEvent) => void;
