import type { ProposalDetail } from '../../../domain/answers/desk.ts';
import type { Proposal } from '../../../domain/experiment/normalised.ts';
import type { Conclusion } from '../../../domain/acceptance/conclude.ts';
import { conflictWords } from '../../../domain/contradictions/sentences.ts';

/** What the verdict rests on, where no samples are stored; one sentence. */
export function basisOf(proposal: Proposal, detail: ProposalDetail | undefined, compares: boolean): string {
  const { verdict, verdictSource, sampleCount } = proposal;
  if (verdict === 'invalid') return 'The answer could not be used as a policy, so nothing was run.';
  if (!compares) return 'In temporal mode every valid proposal is accepted; nothing is compared.';
  switch (verdictSource) {
    case 'evaluation row': {
      if (sampleCount !== undefined && sampleCount > 1) {
        return `Rests on ${sampleCount} paired samples of which the file keeps only the sums.`;
      }
      const seed = detail?.evaluation?.scenarioSeed;
      const which = seed === undefined ? '' : ` with seed ${seed}`;
      return `Rests on one paired run${which}: the same payments once with the policy in force, once with the proposal.`;
    }
    case 'event':
      return 'Rests on a decision event of this iteration; no samples are stored with it.';
    case 'accepted_changes':
      return 'Rests on the flag of the iteration row; costs and samples are not stored.';
    case 'derived from the next iteration':
      return derivedWords(verdict);
    case 'exchange':
      return 'Rests on the exchange with the proposer alone.';
    case 'no next iteration':
      return 'No verdict is stored, and no later iteration shows which policy came into force.';
  }
}

function derivedWords(verdict: Proposal['verdict']): string {
  switch (verdict) {
    case 'accepted':
      return 'Derived: the next iteration has this policy in force. What it was compared on is not stored.';
    case 'rejected':
      return 'Derived: the next iteration keeps the policy in force. Whether cost or a check of the policy decided is not stored.';
    case 'no_change':
      return 'The proposal is the policy in force.';
    case 'invalid':
    case 'pending':
      return 'The iterations do not show what became of it.';
  }
}

/** The answer to "was the verdict right?", as far as stored numbers can give it. */
export function conclusionWords(conclusion: Conclusion, hasSamples: boolean): string {
  switch (conclusion.kind) {
    case 'follows':
      return `follows from the ${hasSamples ? 'samples' : 'stored numbers'}${openWords(conclusion.open.length)}`;
    case 'contradicts':
      return conflictWords(conclusion);
    case 'cannot tell':
      switch (conclusion.why) {
        case 'no numbers':
          return 'cannot be checked: the numbers are not stored';
        case 'unreadable number':
          return 'cannot be checked: a number is unreadable';
        case 'rules unknown':
          return 'cannot be checked: the rules are not known';
        case 'nothing compared':
          return 'nothing was compared';
      }
  }
}

function openWords(open: number): string {
  return open === 0 ? '' : ', as far as the rules are known';
}
