import type { ContradictionCode } from './contradiction.ts';

interface Rule {
  /** A few words, for the line of a report. */
  readonly title: string;
  /** What one record is that it looks at. */
  readonly of: 'experiments' | 'iterations' | 'proposals' | 'runs';
  /** The stored record, and what it is held against. */
  readonly compares: string;
  /** What may differ without being a contradiction. */
  readonly tolerance: string;
  /** Where it is known from that the two agree: a section of domain.md. */
  readonly source: string;
}

const exact = 'none';

/** Every rule once, for reports and documents. */
export const contradictionRules: Readonly<Record<ContradictionCode, Rule>> = {
  'delta-costs': {
    title: 'Saving and costs',
    of: 'proposals',
    compares: 'delta_sum with old minus new cost',
    tolerance: 'none in a single comparison; n - 1 cents over n samples, as both costs are floored means',
    source: '6.2',
  },
  'samples-count': {
    title: 'Number of samples',
    of: 'proposals',
    compares: 'num_samples with the stored samples',
    tolerance: exact,
    source: '6.2',
  },
  'samples-sum': {
    title: 'Sum of the samples',
    of: 'proposals',
    compares: 'delta_sum with the sum of old minus new over the samples',
    tolerance: exact,
    source: '6.2',
  },
  'samples-old-cost': {
    title: 'Old cost and samples',
    of: 'proposals',
    compares: 'old cost with the floored mean of the samples',
    tolerance: exact,
    source: '6.2',
  },
  'samples-new-cost': {
    title: 'New cost and samples',
    of: 'proposals',
    compares: 'new cost with the floored mean of the samples',
    tolerance: exact,
    source: '6.2',
  },
  'samples-deviation': {
    title: 'Deviation and samples',
    of: 'proposals',
    compares: 'cost_std_dev with the deviation (n - 1) of the new costs of the samples',
    tolerance: 'one cent: it is truncated from a floating-point number',
    source: '6.2',
  },
  'sample-delta': {
    title: 'Saving of each sample',
    of: 'proposals',
    compares: 'delta of each sample with its old minus new cost',
    tolerance: exact,
    source: '6.2',
  },
  'settlement-rate': {
    title: 'Settlement rate',
    of: 'proposals',
    compares: 'settlement_rate with the range 0 to 1',
    tolerance: exact,
    source: '6.2',
  },
  'reason-numbers': {
    title: 'Numbers in the reason',
    of: 'proposals',
    compares: 'numbers in the reason with the numbers of the row',
    tolerance: 'half a unit of the last printed digit',
    source: '6.4',
  },
  'verdict-rules': {
    title: 'Follows from its numbers',
    of: 'proposals',
    compares: 'the verdict and its reason with the acceptance rules on the stored numbers',
    tolerance: 'none; rules that the file does not tell are left open',
    source: '6.3',
  },
  'verdict-policy': {
    title: 'Next iteration',
    of: 'proposals',
    compares: 'a recorded verdict with the policy of the next iteration',
    tolerance: 'order of keys',
    source: '9.4',
  },
  'duplicate-evaluation': {
    title: 'Duplicated evaluations',
    of: 'proposals',
    compares: 'evaluation rows of one iteration and agent: there is one',
    tolerance: exact,
    source: '3.5',
  },
  'duplicate-iteration': {
    title: 'Duplicated iterations',
    of: 'iterations',
    compares: 'rows of one iteration: there is one',
    tolerance: exact,
    source: '3.3',
  },
  'iteration-gap': {
    title: 'Gaps in the iterations',
    of: 'experiments',
    compares: 'stored iterations with all from 0 (or 1) to the last',
    tolerance: exact,
    source: '9.3',
  },
  'iteration-count': {
    title: 'Number of iterations',
    of: 'experiments',
    compares: 'num_iterations of a completed experiment with the stored rows',
    tolerance: '0 before completion',
    source: '9.3',
  },
  'final-cost': {
    title: 'Final cost',
    of: 'experiments',
    compares: 'stored final cost with the sum of the last iteration',
    tolerance: 'in bootstrap mode the mean per agent, within a cent, is right too',
    source: '5.1, 9.3',
  },
  'best-cost': {
    title: 'Best cost',
    of: 'experiments',
    compares: 'stored best cost with the lowest sum of an iteration',
    tolerance: 'as the final cost; a best of 0 that the writer overwrites by the next value',
    source: '5.1, 9.3',
  },
  'converged-reason': {
    title: 'Convergence and reason',
    of: 'experiments',
    compares: 'the converged flag with the stored reason',
    tolerance: 'converged at the iteration limit, which the writer stores',
    source: '9.2',
  },
  'run-cost': {
    title: 'Cost of the run',
    of: 'runs',
    compares: 'cost of an iteration with the stored total of its run; deterministic modes',
    tolerance: 'over several days each may be the sum of the last day or of all, by the accruals of the run',
    source: '1.2, 9.3',
  },
  'run-events': {
    title: 'Events of the run',
    of: 'runs',
    compares: 'num_events of a simulation_run event with the stored events of the run',
    tolerance: exact,
    source: '5.1',
  },
  'run-seed': {
    title: 'Seed of the run',
    of: 'runs',
    compares: 'seed of a run with that of its simulation_run event',
    tolerance: 'a stored 0, which stands for not known',
    source: '3.6',
  },
  'master-seed': {
    title: 'Master seed',
    of: 'experiments',
    compares: 'master_seed of the experiment with that of its configuration',
    tolerance: exact,
    source: '2.3',
  },
  'scenario-seed': {
    title: 'Seeds of comparisons',
    of: 'proposals',
    compares: 'seed of a comparison with the one that master seed, iteration and agent give',
    tolerance: 'experiments none of whose seeds are made this way',
    source: '4.4',
  },
};
