import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { convergenceSheet, varianceSheet } from '../../charts/export/paperSheets.ts';
import { policyCostSheet } from '../../charts/export/policyCostSheet.ts';
import { figureNotes, figureSentence } from '../../charts/shape/caption.ts';
import { figureInput, visibleAgents } from '../../charts/shape/figureInput.ts';
import { figureModel } from '../../charts/shape/figureModel.ts';
import { experimentLabel } from '../shared/experimentWords.ts';
import { plural } from '../../lib/format.ts';
import type { PaperExperiment } from './paperTables.ts';

/** A figure of the paper. */
export interface PaperFigure {
  readonly id: string;
  readonly name: string;
  readonly caption: string;
  readonly sheet: FigureSheet;
  readonly widthMillimetres: number;
  readonly isBeside: boolean;
}

/** Agents beyond this would be a page of figures each. */
const mostAgents = 12;

/** The figures that papers of this field print of one experiment. */
export function figuresOf(
  one: PaperExperiment,
  id: string,
  parameter: string | undefined,
): readonly PaperFigure[] {
  const { detail, summary } = one;
  const label = experimentLabel(summary.name, summary.experimentId);
  const input = figureInput(detail);
  const modelOf = (hidden: ReadonlySet<string>) =>
    figureModel(input, {
      parameter,
      metric: 'cost',
      scale: 'linear',
      hiddenAgents: new Set(input.agents.flatMap(({ agentId }) => (hidden.has(agentId) ? [agentId] : []))),
      showTotal: false,
      selected: undefined,
    });
  const all = modelOf(new Set());
  const agents = visibleAgents(input, new Set());
  const notes = figureNotes(all, agents, 'cost', input.rows, parameter, true);
  const unrecorded = missingWords(one);
  const combined = policyCostSheet(
    all,
    input.agents,
    [
      `${label}: policy (left) and cost (right) of each agent.`,
      figureSentence(input),
      ...notes.leftOut,
      ...notes.reading,
      'Crosses: rejected proposals.',
      unrecorded,
    ]
      .filter((words) => words !== '')
      .join(' '),
  );
  const perAgent = input.agents.slice(0, mostAgents).flatMap((agent): readonly PaperFigure[] => {
    const hidden = new Set(
      input.agents.flatMap(({ agentId }) => (agentId === agent.agentId ? [] : [agentId])),
    );
    const file = `${agent.index + 1}`;
    const convergence = convergenceSheet(modelOf(hidden), input, agent, parameter);
    const variance = varianceSheet(input, agent);
    return [
      ...(convergence === undefined
        ? []
        : [
            {
              id: `convergence-${id}-${file}`,
              name: `Convergence of ${agent.agentId}, ${label}`,
              caption: [convergence.caption, unrecorded].filter((words) => words !== '').join(' '),
              sheet: convergence,
              widthMillimetres: 85,
              isBeside: false,
            },
          ]),
      ...(variance === undefined
        ? []
        : [
            {
              id: `variance-${id}-${file}`,
              name: `Variance of ${agent.agentId}, ${label}`,
              caption: variance.caption,
              sheet: variance,
              widthMillimetres: 85,
              isBeside: false,
            },
          ]),
    ];
  });
  return [
    ...(combined === undefined
      ? []
      : [
          {
            id: `combined-${id}`,
            name: `Policy and cost, ${label}`,
            caption: combined.caption,
            sheet: combined,
            widthMillimetres: 170,
            isBeside: true,
          },
        ]),
    ...perAgent,
  ];
}

/** What of the proposals the file does not record. */
function missingWords({ detail }: PaperExperiment): string {
  const judged = detail.proposals.filter(({ verdict }) => verdict === 'rejected');
  const without = judged.filter(({ newCostCents }) => newCostCents === undefined).length;
  if (without === 0) return '';
  return `The file records no new cost of ${plural(without, 'rejected proposal')}: the cost panel gives no height to them.`;
}
