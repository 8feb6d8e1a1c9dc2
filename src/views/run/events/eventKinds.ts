/** What happened, in two or three words, by stored type (domain.md 7.2). */
const kinds: Readonly<Record<string, string>> = {
  Arrival: 'arrives',
  PolicySubmit: 'policy submits',
  PolicyHold: 'policy holds',
  PolicyDrop: 'policy drops',
  PolicySplit: 'policy splits',
  TransactionReprioritized: 'gets another priority',
  PriorityEscalated: 'priority escalates',
  CollateralPost: 'posts collateral',
  CollateralWithdraw: 'withdraws collateral',
  CollateralTimerWithdrawn: 'collateral timer ends',
  CollateralTimerBlocked: 'collateral timer blocked',
  StateRegisterSet: 'sets a register',
  BankBudgetSet: 'sets its budget',
  RtgsSubmission: 'enters RTGS',
  RtgsWithdrawal: 'leaves RTGS',
  RtgsResubmission: 're-enters RTGS',
  RtgsImmediateSettlement: 'settles at once',
  QueuedRtgs: 'waits in Queue 2',
  Queue2LiquidityRelease: 'settles from Queue 2',
  RtgsQueue2Settle: 'settles from Queue 2',
  Settlement: 'settles',
  LsmBilateralOffset: 'two banks offset',
  LsmCycleSettlement: 'a cycle settles',
  EntryDispositionOffset: 'offsets on entry',
  DeferredCreditApplied: 'credit applied',
  CostAccrual: 'cost accrues',
  TransactionWentOverdue: 'goes overdue',
  OverdueTransactionSettled: 'overdue one settles',
  BilateralLimitExceeded: 'over bilateral limit',
  MultilateralLimitExceeded: 'over total limit',
  AlgorithmExecution: 'algorithm runs',
  ScenarioEventExecuted: 'scenario event',
  EndOfDay: 'day ends',
  LiquidityAllocation: 'liquidity allocated',
  LiquidityReturn: 'liquidity returned',
};

/** An unknown type stands as it is stored. */
export function eventKind(eventType: string): string {
  return kinds[eventType] ?? eventType;
}
