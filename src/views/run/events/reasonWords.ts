/** The engine's reasons are its debug form (domain.md 7.2); what is not known stands as stored. */
const known: Readonly<Record<string, string>> = {
  InsufficientLiquidity: 'too little liquidity',
  AwaitingInflows: 'awaits inflows',
  LowPriority: 'low priority',
  BudgetExhausted: 'budget exhausted',
  'Expired deadline': 'deadline expired',
  UrgentLiquidityNeed: 'urgent need of liquidity',
  PreemptivePosting: 'posted ahead of need',
  LiquidityRestored: 'liquidity restored',
  EndOfDayCleanup: 'end of day',
  DeadlineEmergency: 'deadline near',
  CostOptimization: 'to save cost',
  policy_action: 'by the policy',
  eod_reset: 'reset at the end of the day',
  liquidity_available: 'liquidity available',
};
const custom = /^Custom\("(.*)"\)$/s;
const nearDeadline = /^NearDeadline \{ ticks_remaining: (\d+) \}$/;

export function reasonWords(reason: string | undefined): string | undefined {
  if (reason === undefined) return undefined;
  const ticks = nearDeadline.exec(reason)?.[1];
  if (ticks !== undefined) return `deadline near: ${ticks} ticks`;
  return known[reason] ?? custom.exec(reason)?.[1] ?? reason;
}
