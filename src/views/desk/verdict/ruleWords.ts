import { storedAs } from '../../../domain/unreadable.ts';
import { formatMoney, formatPercent } from '../../../lib/format.ts';
import type { CheckOutcome, Interval, RuleCheck, RuleName } from '../../../domain/acceptance/check.ts';
import type { RuleSource } from '../../../domain/acceptance/rules.ts';
import { cents } from '../../../lib/units.ts';
import { rateWords } from '../../shared/words.ts';

export const outcomeWords: Readonly<Record<CheckOutcome, string>> = {
  pass: 'passes',
  fail: 'fails',
  'not in force': 'not in force',
  'not tested': 'not tested',
  unknown: 'not known',
};

const sourceWords: Readonly<Record<RuleSource, string>> = {
  configuration: 'as configured',
  reasons: 'as the stored reasons of this experiment name it',
  date: 'by the date of the experiment',
  mode: 'this mode records no settlement rate',
};

export interface RuleLine {
  readonly label: string;
  readonly value: string;
  /** How it is known that the rule was in force, or why nothing can be said. */
  readonly note: string | undefined;
}

/** One rule in words, with its own numbers. */
export function ruleLine(check: RuleCheck): RuleLine {
  if (check.outcome === 'not in force')
    return { label: idleTitles[check.rule], value: '', note: idleNote(check) };
  switch (check.rule) {
    case 'floor':
      return {
        label:
          check.limit.value === undefined
            ? 'settlement floor'
            : `settles at least ${formatPercent(check.limit.value)} of the payments`,
        value: check.unreadable === undefined ? rateWords(check.rate) : storedAs(check.unreadable, 'number'),
        note: noteOf(check.outcome, check.limit.from),
      };
    case 'saving':
      return {
        label:
          (check.samples ?? 1) > 1 ? 'cheaper in sum over the samples' : 'cheaper than the policy in force',
        value:
          check.sumCents === undefined
            ? absent(check.unreadable)
            : `${(check.samples ?? 1) > 1 ? 'Σ ' : ''}${formatMoney(check.sumCents)}`,
        note: undefined,
      };
    case 'significance':
      return {
        label:
          check.tests === undefined
            ? 'statistical significance'
            : `95 % interval of the ${check.tests} above zero`,
        value:
          check.unreadable === undefined || check.tests === 'saving'
            ? intervalWords(check.tests === 'saving' ? check.saving : check.newCost)
            : absent(check.unreadable),
        note: significanceNote(check),
      };
    case 'variation':
      return {
        label:
          check.limit.value === undefined
            ? 'coefficient of variation of the new cost'
            : `coefficient of variation of the new cost at most ${check.limit.value}`,
        value: check.cv === undefined ? absent(check.unreadable) : check.cv.toFixed(2),
        note: noteOf(check.outcome, check.limit.from),
      };
  }
}

const absent = (unreadable: string | undefined) =>
  unreadable === undefined ? 'not recorded' : storedAs(unreadable, 'cents');

const idleTitles: Readonly<Record<RuleName, string>> = {
  floor: 'settlement floor',
  saving: 'cheaper',
  significance: 'statistical significance',
  variation: 'max. coefficient of variation',
};

function idleNote(check: RuleCheck): string | undefined {
  const from =
    check.rule === 'saving' ? undefined : check.rule === 'significance' ? check.from : check.limit.from;
  switch (from) {
    case 'reasons':
      return 'the stored reasons of accepted proposals do not name it';
    case 'date':
      return 'introduced after this experiment';
    case 'configuration':
      return 'not asked for in the configuration';
    case 'mode':
      return 'this mode records no settlement rate';
    case undefined:
      return undefined;
  }
}

function significanceNote(check: Extract<RuleCheck, { rule: 'significance' }>): string | undefined {
  if (check.outcome === 'not tested') return 'one paired run has no interval';
  return check.tests === 'new cost' ? vacuousNote(check.outcome) : noteOf(check.outcome, check.from);
}

/** The original tests the interval of the cost itself, which no cost fails but a very uncertain one (domain.md 6.3). */
export function isVacuous(check: RuleCheck): boolean {
  return check.rule === 'significance' && check.tests === 'new cost' && check.outcome === 'pass';
}

function vacuousNote(outcome: CheckOutcome): string {
  const asks = 'it asks whether the cost, not the saving, is above zero';
  return outcome === 'pass' ? `This test cannot fail: ${asks}` : `As the original tests it: ${asks}`;
}

function noteOf(outcome: CheckOutcome, from: RuleSource | undefined): string | undefined {
  if (outcome === 'unknown') return 'nothing in the file tells whether this rule was in force';
  return from === undefined ? undefined : sourceWords[from];
}

/** `$147.56 to $154.83`; bounds are cents with fractions, written whole as the writers store them. */
export function intervalWords(interval: Interval): string {
  if (interval === undefined) return 'none';
  const [low, high] = interval.map((bound) => formatMoney(cents(Math.trunc(bound))));
  return `${low ?? ''} to ${high ?? ''}`;
}
