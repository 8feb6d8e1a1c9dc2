import { manyAgents } from './agentStyle.ts';
import { formatCount, formatMoney, listOf, plural } from '../../lib/format.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { verdicts, verdictWord, type Verdict } from '../../domain/experiment/verdict.ts';
import type { ChartAgent, FigureInput } from './figureInput.ts';
import type { FigureModel } from './figureModel.ts';
import type { CostMetric } from './metric.ts';
import type { RowIndex } from './marks.ts';
import { parameterLabel } from './figurePanels.ts';
import { thinningSentences } from './thinning.ts';

/** One sentence with the outcome: first and last total, and what became of the proposals. */
export function figureSentence(input: FigureInput): string {
  const rows = input.detail.iterations;
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return 'No iteration of this experiment was recorded.';
  const over = rows.length === 1 ? 'in the only iteration' : `over ${plural(rows.length, 'iteration')}`;
  const [from, to] = [first.totalCents, last.totalCents];
  const cost =
    from === undefined || to === undefined
      ? `Policies and costs ${over}`
      : rows.length === 1
        ? `Total cost is ${formatMoney(from)} ${over}`
        : `Total cost goes from ${formatMoney(from)} to ${formatMoney(to)} ${over}`;
  return `${cost}; ${proposalCounts(input)}.`;
}

function proposalCounts(input: FigureInput): string {
  const { proposals } = input.detail;
  if (proposals.length === 0) return 'no proposals are recorded';
  const counts = verdicts.flatMap((verdict) => {
    const found = proposals.filter((proposal) => proposal.verdict === verdict);
    const causes = new Set(found.map(({ invalidBecause }) => invalidBecause));
    const cause = causes.size === 1 ? found[0]?.invalidBecause : undefined;
    return found.length === 0 ? [] : [`${formatCount(found.length)} ${verdictWord(verdict, cause)}`];
  });
  return `of ${plural(proposals.length, 'proposal')}, ${listOf(counts)}`;
}

/** What belongs under a figure: what it leaves out, and how its lines and signs are read. */
export interface FigureNotes {
  /** Always in sight. */
  readonly leftOut: readonly string[];
  /** On demand. */
  readonly reading: readonly string[];
}

export function figureNotes(
  model: FigureModel,
  agents: readonly ChartAgent[],
  metric: CostMetric,
  rows: RowIndex,
  parameter: string | undefined,
  /** Whether the ends of the lines carry amounts at this width. */
  amountsFit: boolean,
): FigureNotes {
  return {
    leftOut: [
      ...(model.thinning === undefined ? [] : thinningSentences(model.thinning)),
      ...parametersNotDrawn(agents, rows, parameter),
      ...notDrawn(agents, metric),
    ],
    reading: [
      ...metricNotes(model, agents, metric),
      ...(metric === 'cost' ? endNotes(model, agents, amountsFit) : []),
    ],
  };
}

/** So many are named; the table has them all. */
const mostNamed = 5;

/** What has no height because it cannot be read: how many, which, and what is stored. */
function notDrawn(agents: readonly ChartAgent[], metric: CostMetric): readonly string[] {
  const found = agents.flatMap(({ agentId, proposals }) =>
    proposals.flatMap(({ iteration, unreadable }) =>
      drawnFields[metric].flatMap((field) => {
        const stored = unreadable?.get(field);
        return stored === undefined ? [] : [`${agentId} in iteration ${iteration} (${stored.slice(0, 40)})`];
      }),
    ),
  );
  return found.length === 0
    ? []
    : [`${formatCount(found.length)} not drawn, as what is stored is no number: ${firstNamed(found)}.`];
}

/** Values of the drawn parameter, in force or proposed, that are no finite number. */
function parametersNotDrawn(
  agents: readonly ChartAgent[],
  rows: RowIndex,
  parameter: string | undefined,
): readonly string[] {
  if (parameter === undefined) return [];
  const found = agents.flatMap(({ agentId, proposals }) => [
    ...[...rows.values()].flatMap(({ iteration, unreadableParameters }) =>
      oddValue(`${agentId} in iteration ${iteration}`, unreadableParameters.get(agentId)?.get(parameter)),
    ),
    ...proposals.flatMap(({ iteration, unreadableParameters }) =>
      oddValue(`proposed to ${agentId} in iteration ${iteration}`, unreadableParameters?.get(parameter)),
    ),
  ]);
  if (found.length === 0) return [];
  return [
    `${parameterLabel(parameter)}: ${plural(found.length, 'value')} not drawn, as what is stored is no number: ${firstNamed(found)}.`,
  ];
}

const oddValue = (where: string, stored: string | undefined): readonly string[] =>
  stored === undefined ? [] : [`${where} (${stored.slice(0, 40)})`];

function firstNamed(found: readonly string[]): string {
  const more = found.length - mostNamed;
  return found.slice(0, mostNamed).join(', ') + (more > 0 ? ` and ${formatCount(more)} more` : '');
}

const drawnFields: Readonly<Record<CostMetric, readonly (keyof Proposal)[]>> = {
  cost: ['newCostCents'],
  delta: ['oldCostCents', 'newCostCents', 'deltaSumCents'],
  settlement: ['settlementRate'],
};

function metricNotes(
  model: FigureModel,
  agents: readonly ChartAgent[],
  metric: CostMetric,
): readonly string[] {
  switch (metric) {
    case 'cost':
      return costNotes(model, agents);
    case 'delta':
      return [
        'Saving = old cost − new cost of a proposal, the mean over its samples where it has several; above zero it is cheaper.',
      ];
    case 'settlement':
      return [
        'Share of all payments that settled with the proposal; since February 2026 the runner rejects one below 95 %, whatever it saves.',
      ];
  }
}

function costNotes(model: FigureModel, agents: readonly ChartAgent[]): readonly string[] {
  if (model.lower.lines.length === 0) return [];
  if (!agents.some((agent) => agent.accepted !== undefined)) {
    return ['Line: the cost of the policy in force, measured in each iteration.'];
  }
  const hasBand = model.lower.lines.some((line) => line.points.some((point) => point.interval !== undefined));
  const isRemeasured = model.lower.lines.some((line) => line.role === 'remeasured');
  return [
    `Line: the mean cost at which the policy in force was accepted${hasBand ? ', with the stored 95 % interval of that mean' : ''}; before the first acceptance, the measured cost of the baseline.`,
    isRemeasured
      ? 'Dashed: the policy in force measured again on the samples of each iteration.'
      : 'Measured again on the samples of each iteration, the policy in force costs the same everywhere, so no dashed line is drawn.',
  ];
}

/** What the ends of the cost lines say, or why they say nothing. */
function endNotes(
  { lower }: FigureModel,
  agents: readonly ChartAgent[],
  amountsFit: boolean,
): readonly string[] {
  if (lower.lines.length === 0) return [];
  if (lower.labels.length === 0) {
    return agents.length > manyAgents
      ? ['With so many lines their ends carry no figure: the table has them.']
      : [];
  }
  if (!amountsFit) return ['There is no room for the amounts at the ends of the lines: the table has them.'];
  return agents.some((agent) => agent.accepted !== undefined)
    ? ['The figure at the end of a line is the cost measured in the last iteration.']
    : [];
}

/** What a sign of a proposal stands for, in a legend. */
export function signWords(verdict: Verdict): string {
  return verdict === 'invalid' || verdict === 'no_change'
    ? verdictWord(verdict)
    : `${verdictWord(verdict)} proposal`;
}
