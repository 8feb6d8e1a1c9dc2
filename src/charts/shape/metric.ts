import type { ExperimentDetail, Proposal } from '../../domain/experiment/normalised.ts';
import { savingOf } from '../../domain/experiment/saving.ts';

/** What the lower panel of the hero figure shows, and on which scale (values of the address's `metric` and `scale`). */
export const figureMetrics = ['cost', 'delta', 'settlement'] as const;
export type CostMetric = (typeof figureMetrics)[number];

export const valueScales = ['linear', 'log'] as const;
export type ValueScale = (typeof valueScales)[number];

/** Whether a choice can be offered; where not, the sentence to show beside the disabled control. */
type Availability = { readonly available: true } | { readonly available: false; readonly reason: string };

const yes: Availability = { available: true };
const no = (reason: string): Availability => ({ available: false, reason });

function offered(
  proposals: readonly Proposal[],
  isRecorded: (proposal: Proposal) => boolean,
  what: string,
): Availability {
  if (proposals.length === 0) return no('This experiment records no proposals.');
  return proposals.some(isRecorded) ? yes : no(`This file does not record ${what}.`);
}

/** Which metrics the figure can draw for this experiment, and why not the others. */
export function metricAvailability(detail: ExperimentDetail): Readonly<Record<CostMetric, Availability>> {
  const { iterations, proposals } = detail;
  return {
    cost:
      iterations.some((row) => row.costsCents.size > 0) ||
      proposals.some((proposal) => proposal.newCostCents !== undefined)
        ? yes
        : no('This file records no costs for this experiment.'),
    delta: offered(
      proposals,
      (proposal) => savingOf(proposal) !== undefined,
      'the old and new cost of its proposals',
    ),
    settlement: offered(
      proposals,
      ({ settlementRate, unreadable }) =>
        settlementRate !== undefined || unreadable?.has('settlementRate') === true,
      'a settlement rate for its proposals',
    ),
  };
}

/** Which scales a metric can be drawn on. */
export function scaleAvailability(metric: CostMetric): Readonly<Record<ValueScale, Availability>> {
  switch (metric) {
    case 'cost':
      return { linear: yes, log: yes };
    case 'delta':
      return { linear: yes, log: no('A saving can be negative, so it has no log scale.') };
    case 'settlement':
      return { linear: yes, log: no('A share between 0 and 100 % is drawn on a linear scale.') };
  }
}
