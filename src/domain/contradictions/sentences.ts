import { formatCount, formatMoney } from '../../lib/format.ts';
import type { RuleName } from '../acceptance/check.ts';
import type { Conclusion } from '../acceptance/conclude.ts';
import type { PolicyConflict, StoredJudgement } from '../experiment/normalised.ts';
import type { ComparedValue, Contradiction, ContradictionSubject } from './contradiction.ts';

/** What a contradiction is about, in words: `iteration 3, BANK_A`. */
export function subjectWords({ iteration, agentId, simulationId }: ContradictionSubject): string {
  const parts = [
    iteration === undefined ? undefined : `iteration ${iteration}`,
    agentId,
    simulationId === undefined ? undefined : `run ${simulationId}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? 'the experiment' : parts.join(', ');
}

/** Both values of a contradiction, as far as it compares two. */
export function comparedWords({ code, stored, recomputed, facts }: Contradiction) {
  const words = (value: ComparedValue | undefined) => (value === undefined ? undefined : valueWords(value));
  const opposite = facts.verdict === 'accepted' ? 'rejected' : 'accepted';
  return { stored: words(stored), expected: code === 'verdict-rules' ? opposite : words(recomputed) };
}

/** A contradiction in one sentence with both values. */
export function contradictionSentence(found: Contradiction): string {
  const { code, facts } = found;
  const stored = valueWords(found.stored);
  const recomputed = valueWords(found.recomputed);
  switch (code) {
    case 'delta-costs':
      return facts.samples === undefined
        ? `The delta is stored as ${stored}; old minus new cost is ${recomputed}.`
        : `The sum of the deltas is stored as ${stored}; old minus new cost over ${facts.samples} samples is ${recomputed}, more than rounding explains.`;
    case 'samples-count':
      return `${stored} samples are stored in the summary; the file holds ${recomputed}.`;
    case 'samples-sum':
      return `The sum of the deltas is stored as ${stored}; the samples give ${recomputed}.`;
    case 'samples-old-cost':
      return `The old cost is stored as ${stored}; the samples give ${recomputed}.`;
    case 'samples-new-cost':
      return `The new cost is stored as ${stored}; the samples give ${recomputed}.`;
    case 'samples-deviation':
      return `The deviation of the new cost is stored as ${stored}; the samples give ${recomputed}.`;
    case 'sample-delta':
      return `The delta of ${stored} of ${facts.samples ?? 0} samples is not their old minus new cost.`;
    case 'settlement-rate':
      return found.stored?.kind === 'text'
        ? `The settlement rate is stored as ${stored}, which is no number: the settlement floor cannot be tested.`
        : `The settlement rate is stored as ${stored}; a share lies between 0 and 1.`;
    case 'reason-numbers':
      return `The reason says ${stored}; the row stores ${recomputed}.`;
    case 'verdict-rules':
      return facts.conclusion === undefined ? '' : `The verdict ${doesNotFollowWords(facts.conclusion)}.`;
    case 'verdict-policy':
      return facts.policies === undefined ? '' : policyWords[facts.policies];
    case 'duplicate-evaluation':
      return `${stored} evaluation rows are stored for this proposal: ${(facts.rows ?? []).map(rowWords).join('; ')}.${agreeWords(facts.rows ?? [])}`;
    case 'duplicate-iteration':
      return `${stored} rows are stored for this iteration, with total costs ${(facts.totals ?? []).map((total) => (total === undefined ? 'unknown' : formatMoney(total))).join(' and ')}. Where one is shown, it is the first.`;
    case 'iteration-gap':
      return gapWords(found);
    case 'iteration-count':
      return recomputed === '0'
        ? `The stored counter says ${stored} iterations; no row of one was read.`
        : `The stored counter says ${stored} iterations; ${recomputed} are stored.`;
    case 'final-cost':
      return `The final cost is stored as ${stored}; the last iteration sums to ${recomputed}.`;
    case 'best-cost':
      return `The best cost is stored as ${stored}; the lowest sum of an iteration is ${recomputed}.`;
    case 'converged-reason':
      return `It is stored as ${stored}; the stored reason is “${facts.reason ?? ''}”.`;
    case 'run-cost':
      return `The costs of the iteration sum to ${stored}; its run stores a total of ${recomputed}.`;
    case 'run-events':
      return `${stored} events are announced for the run; ${recomputed} are stored.`;
    case 'run-seed':
      return `The run stores the seed ${stored}; its event names ${recomputed}.`;
    case 'master-seed':
      return `The experiment stores the master seed ${stored}; its configuration says ${recomputed}.`;
    case 'scenario-seed':
      return `The comparison stores the seed ${stored}; master seed, iteration and agent give ${recomputed}.`;
  }
}

function valueWords(value: ComparedValue | undefined): string {
  switch (value?.kind) {
    case undefined:
      return '';
    case 'money':
      return formatMoney(value.cents);
    case 'count':
      return formatCount(value.count);
    case 'number':
      return Number.isFinite(value.number) ? String(Number(value.number.toFixed(4))) : String(value.number);
    case 'text':
      return value.text;
  }
}

/** `4 stored of 0 to 5; 2 and 3 missing`. */
function gapWords({ facts: { missing, span } }: Contradiction): string {
  if (missing === undefined || span === undefined) return '';
  const named = missing.iterations.map(String);
  const rest = missing.count - named.length;
  const last = named.pop() ?? '';
  const list =
    rest > 0
      ? `${[...named, last].join(', ')} and ${formatCount(rest)} more`
      : named.length === 0
        ? last
        : `${named.join(', ')} and ${last}`;
  return `${formatCount(span.stored)} stored of iterations ${span.first} to ${span.last}; ${list} missing.`;
}

const ruleTitles: Readonly<Record<RuleName, string>> = {
  floor: 'settlement floor',
  saving: 'cheaper',
  significance: 'significance',
  variation: 'variation',
};

/** `does not follow: accepted, yet the rule “cheaper” fails`. */
export function doesNotFollowWords({ why, rule }: Extract<Conclusion, { kind: 'contradicts' }>): string {
  const name = rule === undefined ? '' : ruleTitles[rule];
  switch (why) {
    case 'the reason says the opposite':
      return 'does not follow: the stored reason is that of the other verdict';
    case 'accepted though a rule fails':
      return rule === 'saving'
        ? 'does not follow: accepted though not cheaper'
        : `does not follow: accepted, yet the rule “${name}” fails`;
    case 'rejected by a rule that passes':
      return rule === 'saving'
        ? 'does not follow: rejected as not cheaper, yet it is cheaper'
        : `does not follow: rejected by the rule “${name}”, which passes`;
    case 'rejected though every rule passes':
      return 'does not follow: rejected, yet every rule passes';
  }
}

const policyWords: Readonly<Record<PolicyConflict, string>> = {
  'changed though rejected': 'It is recorded as turned down, yet the next iteration has another policy.',
  'kept though accepted': 'It is recorded as accepted, yet the next iteration repeats the old policy.',
  'another policy': 'It is recorded as accepted, yet the next iteration has a third policy.',
};

function rowWords({ accepted, oldCostCents, newCostCents }: StoredJudgement): string {
  const verdict = accepted ? 'accepted' : 'rejected';
  if (oldCostCents === undefined || newCostCents === undefined) return verdict;
  return `${verdict}, ${formatMoney(oldCostCents)} to ${formatMoney(newCostCents)}`;
}

function agreeWords(rows: readonly StoredJudgement[]): string {
  const [first, ...others] = rows;
  if (first === undefined) return '';
  const alike = others.every(
    (row) =>
      row.accepted === first.accepted &&
      row.oldCostCents === first.oldCostCents &&
      row.newCostCents === first.newCostCents &&
      row.deltaSumCents === first.deltaSumCents,
  );
  return alike
    ? ' They say the same.'
    : ' They contradict each other; every number shown is that of the first.';
}
