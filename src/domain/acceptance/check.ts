import type { Proposal } from '../experiment/normalised.ts';
import type { Cents } from '../../lib/units.ts';
import type { AcceptanceRules, RuleSource } from './rules.ts';
import { savingOf } from '../experiment/saving.ts';
import { variationOf } from './reasons.ts';
import { newCostInterval, savingInterval, variationOfSamples, type SampleStatistics } from './statistics.ts';

/** The acceptance rules in the order in which they are applied (domain.md 6.3). */
export type RuleName = 'floor' | 'saving' | 'significance' | 'variation';

/**
 * `not in force`: the experiment was judged without this rule. `not tested`: in force, but the number it needs does not
 * exist here (one run has no interval). `unknown`: the file does not tell.
 */
export type CheckOutcome = 'pass' | 'fail' | 'not in force' | 'not tested' | 'unknown';

/** One rule held against the numbers of one proposal. */
export type RuleCheck = { readonly outcome: CheckOutcome } & (
  | {
      readonly rule: 'floor';
      readonly rate: number | undefined;
      /** Text of a rate that is stored but no number. */ readonly unreadable?: string;
      readonly limit: Limit;
    }
  | {
      readonly rule: 'saving';
      readonly sumCents: Cents | undefined;
      /** Text of a sum, or of a cost, that is stored and cannot be read. */
      readonly unreadable?: string;
      readonly samples: number | undefined;
    }
  | {
      readonly rule: 'significance';
      /** Which interval the rule tests; unknown where the file does not tell whether the rule was in force. */
      readonly tests: 'new cost' | 'saving' | undefined;
      readonly newCost: Interval;
      readonly saving: Interval;
      /** Text of an interval that is stored and cannot be read. */
      readonly unreadable?: string;
      readonly from: RuleSource | undefined;
    }
  | {
      readonly rule: 'variation';
      readonly cv: number | undefined;
      /** Text of a deviation that is stored and cannot be read. */
      readonly unreadable?: string;
      readonly limit: Limit;
    }
);

/** Cents with fractions. */
export type Interval = readonly [number, number] | undefined;
interface Limit {
  readonly value: number | undefined;
  readonly from: RuleSource | undefined;
}

/** Every rule against what is stored of the proposal, its samples where there are any. */
export function checkRules(
  proposal: Proposal,
  rules: AcceptanceRules,
  statistics: SampleStatistics | undefined,
): readonly RuleCheck[] {
  return [
    checkFloor(proposal, rules),
    checkSaving(proposal, statistics),
    checkSignificance(proposal, rules, statistics),
    checkVariation(proposal, rules, statistics),
  ];
}

/** What is stored in the first of some fields that cannot be read. */
function storedOf({ unreadable }: Proposal, fields: readonly (keyof Proposal)[]): { unreadable?: string } {
  const stored = fields.map((field) => unreadable?.get(field)).find((text) => text !== undefined);
  return stored === undefined ? {} : { unreadable: stored };
}

function checkFloor(proposal: Proposal, rules: AcceptanceRules): RuleCheck {
  const { settlementRate: rate } = proposal;
  const setting = rules.settlementFloor;
  const limit = limitOf(setting);
  const outcome = !setting.known
    ? 'unknown'
    : limit.value === undefined
      ? 'not in force'
      : rate === undefined
        ? 'not tested'
        : rate < limit.value
          ? 'fail'
          : 'pass';
  return { rule: 'floor', outcome, rate, limit, ...storedOf(proposal, ['settlementRate']) };
}

function checkSaving(proposal: Proposal, statistics: SampleStatistics | undefined): RuleCheck {
  const saving = savingOf(proposal);
  const sumCents = statistics?.savingSumCents ?? saving?.sumCents ?? saving?.cents;
  const outcome = sumCents === undefined ? 'unknown' : sumCents > 0n ? 'pass' : 'fail';
  const samples = statistics?.count ?? (saving?.sumCents === undefined ? undefined : saving.samples);
  const stored =
    sumCents === undefined ? storedOf(proposal, ['deltaSumCents', 'oldCostCents', 'newCostCents']) : {};
  return { rule: 'saving', outcome, sumCents, samples, ...stored };
}

function checkSignificance(
  proposal: Proposal,
  rules: AcceptanceRules,
  statistics: SampleStatistics | undefined,
): RuleCheck {
  const stored = proposal.newCostIntervalCents;
  const newCost: Interval =
    (statistics === undefined ? undefined : newCostInterval(statistics)) ??
    (stored === undefined ? undefined : [Number(stored[0]), Number(stored[1])]);
  const saving = statistics === undefined ? undefined : savingInterval(statistics);
  const setting = rules.significance;
  const tests = setting.known && setting.value !== 'none' ? setting.value : undefined;
  const tested = tests === 'saving' ? saving : newCost;
  const single = (proposal.sampleCount ?? 2) < 2;
  // The writer's bounds are whole cents.
  const outcome: CheckOutcome = !setting.known
    ? 'unknown'
    : tests === undefined
      ? 'not in force'
      : tested === undefined
        ? single
          ? 'not tested'
          : 'unknown'
        : tested[0] > 0
          ? 'pass'
          : 'fail';
  return {
    rule: 'significance',
    outcome,
    tests,
    newCost,
    saving,
    from: setting.known ? setting.from : undefined,
    ...(newCost === undefined ? storedOf(proposal, ['newCostIntervalCents']) : {}),
  };
}

function checkVariation(
  proposal: Proposal,
  rules: AcceptanceRules,
  statistics: SampleStatistics | undefined,
): RuleCheck {
  const setting = rules.largestCv;
  const limit = limitOf(setting);
  const cv = (statistics === undefined ? undefined : variationOfSamples(statistics)) ?? variationOf(proposal);
  const outcome = !setting.known
    ? 'unknown'
    : limit.value === undefined
      ? 'not in force'
      : cv === undefined
        ? 'not tested'
        : cv > limit.value
          ? 'fail'
          : 'pass';
  const stored = cv === undefined ? storedOf(proposal, ['newCostStdDevCents', 'newCostCents']) : {};
  return { rule: 'variation', outcome, cv, limit, ...stored };
}

function limitOf(setting: AcceptanceRules['largestCv']): Limit {
  return setting.known ? { value: setting.value, from: setting.from } : { value: undefined, from: undefined };
}
