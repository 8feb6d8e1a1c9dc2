import { applyRate, rateOf, withCommonDenominator, type Rate } from './exact.ts';
import type { ScenarioConfig } from './scenarioConfig.ts';

type Penalty = ScenarioConfig['cost_rates']['deadline_penalty'];

/** The price list of a scenario, made exact once (domain.md 1.2). */
export interface CostRates {
  readonly overdraft: Rate;
  readonly collateral: Rate;
  readonly opportunity: Rate;
  readonly splitFrictionCents: number;
  readonly deadlinePenalty: (amountCents: number) => number;
  readonly eodPenalty: (amountCents: number) => number;
  /** Delay weights of a payment by `delayClass`, over `delayDenominator`. */
  readonly delayWeights: readonly number[];
  readonly delayDenominator: number;
  /** As configured, for the fields that a policy reads. */
  readonly configured: ScenarioConfig['cost_rates'];
}

function penaltyOf(penalty: Penalty): (amountCents: number) => number {
  if (typeof penalty === 'number') return () => penalty;
  if (penalty.mode === 'fixed') return () => penalty.amount;
  const rate = rateOf([penalty.bps_per_event], true);
  return (amountCents) => applyRate(amountCents, rate);
}

/** Index into `delayWeights`: priority band (low 0-3, normal 4-7, urgent 8-10), and whether overdue. */
export function delayClass(priority: number, overdue: boolean): number {
  const band = priority >= 8 ? 2 : priority >= 4 ? 1 : 0;
  return overdue ? band + 3 : band;
}

export function compileRates(rates: ScenarioConfig['cost_rates']): CostRates {
  const bands = rates.priority_delay_multipliers;
  const factors = [bands?.low_multiplier ?? 1, bands?.normal_multiplier ?? 1, bands?.urgent_multiplier ?? 1];
  const delay = withCommonDenominator(
    [1, rates.overdue_delay_multiplier].flatMap((overdue) =>
      factors.map((factor) => rateOf([rates.delay_cost_per_tick_per_cent, factor, overdue])),
    ),
  );
  return {
    overdraft: rateOf([rates.overdraft_bps_per_tick], true),
    collateral: rateOf([rates.collateral_cost_per_tick_bps], true),
    opportunity: rateOf([rates.liquidity_cost_per_tick_bps], true),
    splitFrictionCents: rates.split_friction_cost,
    deadlinePenalty: penaltyOf(rates.deadline_penalty),
    eodPenalty: penaltyOf(rates.eod_penalty ?? rates.eod_penalty_per_transaction ?? 0),
    delayWeights: delay.numerators,
    delayDenominator: delay.denominator,
    configured: rates,
  };
}
