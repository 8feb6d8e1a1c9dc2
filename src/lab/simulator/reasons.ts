/** Reason words as the original engine writes them (domain.md 7.2, value notes). */

const holdReasons: readonly string[] = ['InsufficientLiquidity', 'AwaitingInflows', 'LowPriority'];
const collateralReasons: readonly string[] = [
  'UrgentLiquidityNeed',
  'PreemptivePosting',
  'LiquidityRestored',
  'EndOfDayCleanup',
  'DeadlineEmergency',
  'CostOptimization',
];

function custom(text: string): string {
  return `Custom(${JSON.stringify(text)})`;
}

/** The reason of a hold: one of the engine's own words, or the policy's in its debug form. */
export function holdReason(given: string | undefined, ticksToDeadline: number): string {
  if (given === undefined) return custom('Policy decision');
  if (given === 'NearDeadline') return `NearDeadline { ticks_remaining: ${Math.max(0, ticksToDeadline)} }`;
  return holdReasons.includes(given) ? given : custom(given);
}

export function collateralReason(given: string | undefined): string {
  if (given === undefined) return custom('Policy decision');
  return collateralReasons.includes(given) ? given : custom(given);
}

/** A hold that the engine decided, not the policy. */
export function engineHold(text: string): string {
  return custom(text);
}
