/** The words that screens use for what the shape of the data calls by codes. */
import type {
  RunLink,
  VerdictCounts,
  ExperimentStatus,
  LinkedRun,
} from '../../domain/experiment/normalised.ts';
import { verdictWords, type VerdictSource } from '../../domain/experiment/verdict.ts';
import { formatPercent, formatCount, plural } from '../../lib/format.ts';
import { parseSimulationId } from '../../lib/ids.ts';
export const statusWords: Readonly<Record<ExperimentStatus, string>> = {
  unfinished: 'Unfinished',
  converged: 'Converged',
  budget_exhausted: 'At iteration limit',
  stopped: 'Stopped',
};

export const statusMeanings: Readonly<Record<ExperimentStatus, string>> = {
  unfinished: 'no completion time is stored: still running, or its process died',
  converged: 'a convergence rule was met',
  budget_exhausted:
    'the iteration limit ended it; no convergence rule was met, whatever the stored flag says',
  stopped: 'it completed, and the file does not say that a convergence rule was met',
};

export const sourceMeanings: Readonly<Record<VerdictSource, string>> = {
  'evaluation row': 'stored with the evaluation of this proposal',
  event: 'stored in an event of this iteration',
  accepted_changes: 'the iteration’s own flag, which this file fills',
  exchange: 'the exchange with the proposer records an error and no usable policy',
  'derived from the next iteration':
    'not stored: the next iteration’s policy in force was compared with the proposal',
  'no next iteration': 'not stored, and no next iteration shows what became of it',
};

export const linkMeanings: Readonly<Record<RunLink, string>> = {
  column: 'a column of the run names the iteration',
  event: 'the simulation_run event names the iteration',
  seed: 'its seed is the seed of this iteration and of no other',
  id: 'its id names the iteration',
  order: 'by the order of the runs: the n-th belongs to iteration n − 1',
  none: 'not linked to an iteration',
};

const stability = /^Stability achieved \((\d+) consecutive stable iterations\)$/;
const budget = /^Max iterations reached \((\d+)\)$/;

/** A stored convergence reason in plain words (domain.md 9.2); an unknown one stands as it is. */
export function plainReason(reason: string | undefined, isCompleted: boolean): string {
  if (reason === undefined)
    return isCompleted
      ? 'completed; no reason is stored'
      : 'no reason is stored: the process is still running, or it died';
  const stable = stability.exec(reason)?.[1];
  if (stable !== undefined) return `the total cost stayed within its tolerance ${stable} iterations in a row`;
  const limit = budget.exec(reason)?.[1];
  if (limit !== undefined) return `the limit of ${limit} iterations was reached; no convergence rule was met`;
  switch (reason) {
    case 'All convergence criteria satisfied (CV, trend, regret)':
      return 'variation, trend and regret of the cost were all within their limits';
    case 'policy_stability':
      return 'the proposed policies stopped moving';
    default:
      return reason;
  }
}

/** Proposals that were neither accepted nor rejected: `2 invalid, 1 pending`; undefined where there are none. */
export function otherVerdictWords({ invalid, noChange, pending }: VerdictCounts): string | undefined {
  const parts = [
    invalid > 0 ? `${invalid} ${verdictWords.invalid}` : '',
    noChange > 0 ? `${noChange} ${verdictWords.no_change}` : '',
    pending > 0 ? `${pending} ${verdictWords.pending}` : '',
  ].filter(Boolean);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** A settlement rate, or that there is none. */
export function rateWords(rate: number | undefined): string {
  return rate === undefined ? 'rate not recorded' : formatPercent(rate);
}

/** `1 of 2 stored samples cannot be read`. */
export function lostSamples(read: number, unreadable: number): string {
  const all = read + unreadable;
  return `${formatCount(unreadable)} of ${plural(all, 'stored sample')} cannot be read`;
}

/** `init 011` for `…-sim-011-init`, the purpose for a structured id, else the whole id. */
export function shortRunName(run: Pick<LinkedRun, 'simulationId'>): string {
  const counted = /-sim-(\d+)-(\w+)$/.exec(run.simulationId);
  if (counted !== null) return `${counted[2]} ${counted[1]}`;
  const parts = parseSimulationId(run.simulationId);
  if (parts === undefined) return run.simulationId;
  return parts.sample === undefined ? parts.purpose : `${parts.purpose} ${parts.sample}`;
}
