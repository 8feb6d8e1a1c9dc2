/**
 * The fields a policy may read (domain.md 1.4). What is not listed here is refused by name when the policy is
 * loaded. What each means in the reference simulator is said in `lab/simulator/fields/`.
 */

/** Known in every tree: facts of the bank and of the system. */
export const bankFields = [
  'balance',
  'credit_limit',
  'available_liquidity',
  'credit_used',
  'effective_liquidity',
  'credit_headroom',
  'is_using_credit',
  'liquidity_buffer',
  'outgoing_queue_size',
  'incoming_expected_count',
  'liquidity_pressure',
  'is_overdraft_capped',
  'queue1_total_value',
  'queue1_liquidity_gap',
  'headroom',
  'current_tick',
  'rtgs_queue_size',
  'rtgs_queue_value',
  'total_agents',
  'posted_collateral',
  'max_collateral_capacity',
  'remaining_collateral_capacity',
  'collateral_utilization',
  'allowed_overdraft_limit',
  'overdraft_headroom',
  'overdraft_utilization',
  'collateral_haircut',
  'unsecured_cap',
  'required_collateral_for_usage',
  'excess_collateral',
  'queue2_size',
  'queue2_count_for_agent',
  'queue2_nearest_deadline',
  'ticks_to_nearest_queue2_deadline',
  'cost_overdraft_bps_per_tick',
  'cost_delay_per_tick_per_cent',
  'cost_collateral_bps_per_tick',
  'cost_split_friction',
  'cost_deadline_penalty',
  'cost_eod_penalty',
  'system_ticks_per_day',
  'system_current_day',
  'system_tick_in_day',
  'ticks_remaining_in_day',
  'day_progress_fraction',
  'is_eod_rush',
  'system_queue2_pressure_index',
  'my_throughput_fraction_today',
  'expected_throughput_fraction_by_now',
  'throughput_gap',
] as const;
export type BankField = (typeof bankFields)[number];

/** Known in the payment tree only: facts of the payment that is being decided on. */
export const paymentFields = [
  'amount',
  'remaining_amount',
  'settled_amount',
  'arrival_tick',
  'deadline_tick',
  'priority',
  'is_split',
  'is_past_deadline',
  'is_overdue',
  'is_in_queue2',
  'overdue_duration',
  'ticks_to_deadline',
  'queue_age',
  'cost_delay_this_tx_one_tick',
  'cost_overdraft_this_amount_one_tick',
] as const;
export type PaymentField = (typeof paymentFields)[number];
export type FieldName = BankField | PaymentField;

/** Known to other writers of policies, but computed by no engine. */
const neverComputed: readonly string[] = [
  'time_in_queue',
  'cost_delay_so_far',
  'cost_if_settled_now',
  'cost_if_held_one_tick',
  'cost_urgency',
];

/** Computed by the original engine in the payment tree, yet refused by its own validator; refused here too. */
const refusedByOriginal =
  /^(my_q2_(out_value_to|in_value_from)_counterparty|my_bilateral_net_q2|my_(q2_out_value|q2_in_value|bilateral_net_q2)_top_\d+|top_cpty_\d+_id_hash|lsm_run_rate_last_10_ticks|system_throughput_guidance_fraction_by_tick|tx_counterparty_id|tx_is_top_counterparty)$/;

const bankSet: ReadonlySet<string> = new Set(bankFields);
const paymentSet: ReadonlySet<string> = new Set(paymentFields);

export function isBankField(name: string): name is BankField {
  return bankSet.has(name);
}

export function isPaymentField(name: string): name is PaymentField {
  return paymentSet.has(name);
}

/** A state register of the bank, readable in every tree; 0 until it is set. */
export function isRegister(name: string): boolean {
  return name.startsWith('bank_state_');
}

/** Why `name` cannot be read in a tree that knows payment fields or not; undefined when it can. */
export function fieldRefusal(name: string, inPaymentTree: boolean): string | undefined {
  if (isBankField(name) || isRegister(name)) return undefined;
  if (isPaymentField(name)) {
    return inPaymentTree ? undefined : `the field "${name}" is known in the payment tree only`;
  }
  if (neverComputed.includes(name)) return `no engine ever computes the field "${name}"`;
  if (refusedByOriginal.test(name)) return `the field "${name}" is not open to policies`;
  return `the field "${name}" is not known`;
}
