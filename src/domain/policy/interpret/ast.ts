/** A policy after loading: every name known, every parameter resolved to its number. */
export const treeNames = [
  'bank_tree',
  'payment_tree',
  'strategic_collateral_tree',
  'end_of_tick_collateral_tree',
] as const;
export type TreeName = (typeof treeNames)[number];

export type BinaryOperator = '+' | '-' | '*' | '/';
export type ExtremeOperator = 'max' | 'min';
export type UnaryOperator = 'ceil' | 'floor' | 'round' | 'abs';
export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=';

export type Numeric =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'field'; readonly name: FieldName }
  | { readonly kind: 'register'; readonly key: string }
  | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly left: Numeric; readonly right: Numeric }
  | { readonly kind: 'extreme'; readonly op: ExtremeOperator; readonly values: readonly Numeric[] }
  | { readonly kind: 'unary'; readonly op: UnaryOperator; readonly value: Numeric }
  | { readonly kind: 'clamp'; readonly value: Numeric; readonly min: Numeric; readonly max: Numeric }
  | {
      readonly kind: 'div0';
      readonly numerator: Numeric;
      readonly denominator: Numeric;
      readonly fallback: Numeric;
    };

export type Test =
  | { readonly kind: 'compare'; readonly op: Comparison; readonly left: Numeric; readonly right: Numeric }
  | { readonly kind: 'and' | 'or'; readonly tests: readonly Test[] }
  | { readonly kind: 'not'; readonly test: Test };

export const rtgsPriorities = ['HighlyUrgent', 'Urgent', 'Normal'] as const;
export type RtgsPriority = (typeof rtgsPriorities)[number];

export type PaymentAction =
  | {
      readonly name: 'Release' | 'ReleaseWithCredit';
      /** Priority that the payment takes on as it is released. */
      readonly priority: number | undefined;
      readonly timedForTick: Numeric | undefined;
    }
  | { readonly name: 'PaceAndRelease' | 'Split'; readonly numSplits: Numeric }
  | {
      readonly name: 'StaggerSplit';
      readonly numSplits: Numeric;
      readonly staggerFirstNow: Numeric;
      readonly staggerGapTicks: Numeric;
      readonly priorityBoostChildren: Numeric;
    }
  | { readonly name: 'Hold'; readonly reason: string | undefined }
  | { readonly name: 'Drop' }
  | { readonly name: 'Reprioritize'; readonly newPriority: Numeric }
  | { readonly name: 'WithdrawFromRtgs' }
  | { readonly name: 'ResubmitToRtgs'; readonly rtgsPriority: RtgsPriority };

export type BankAction =
  | {
      readonly name: 'SetReleaseBudget';
      readonly maxValueToRelease: Numeric;
      readonly focusCounterparties: readonly string[] | undefined;
      readonly maxPerCounterparty: Numeric | undefined;
    }
  | {
      readonly name: 'SetState' | 'AddState';
      readonly key: string;
      readonly value: Numeric;
      readonly reason: string | undefined;
    }
  | { readonly name: 'NoAction' };

export type CollateralAction =
  | {
      readonly name: 'PostCollateral';
      readonly amount: Numeric;
      readonly reason: string | undefined;
      readonly autoWithdrawAfterTicks: Numeric | undefined;
    }
  | { readonly name: 'WithdrawCollateral'; readonly amount: Numeric; readonly reason: string | undefined }
  | { readonly name: 'HoldCollateral' };

export type TreeNode<Action> =
  | {
      readonly kind: 'condition';
      readonly nodeId: string;
      readonly test: Test;
      readonly onTrue: TreeNode<Action>;
      readonly onFalse: TreeNode<Action>;
    }
  | { readonly kind: 'action'; readonly nodeId: string; readonly action: Action };

export interface LoadedPolicy {
  readonly parameters: ReadonlyMap<string, number>;
  readonly bankTree: TreeNode<BankAction> | undefined;
  readonly paymentTree: TreeNode<PaymentAction> | undefined;
  readonly strategicCollateralTree: TreeNode<CollateralAction> | undefined;
  readonly endOfTickCollateralTree: TreeNode<CollateralAction> | undefined;
}

/**
 * Fields that a policy may read in every tree: facts of the bank and of the system (domain.md 1.4). What is not listed
 * here or in `paymentFields` is refused by name when the policy is loaded. What each means in the reference simulator
 * is said in `lab/simulator/bankFields.ts`.
 */
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
