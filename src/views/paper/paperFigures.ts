import type { Proposal } from '../../domain/experiment/normalised.ts';
import { verdictWord } from '../../domain/experiment/verdict.ts';
import type { FigureSheet } from '../../ui/export/figureSheet.ts';
import { tableModel, type TableModel } from '../../ui/export/tableModel.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import type { AcceptedCost } from '../../charts/shape/lines.ts';
import { convergenceSheet, varianceSheet, policyCostSheet } from '../../charts/export/experimentSheets.ts';
import { figureNotes, figureSentence } from '../../charts/shape/caption.ts';
import {
  type ChartAgent,
  figureInput,
  visibleAgents,
  type FigureInput,
} from '../../charts/shape/figureInput.ts';
import { figureModel } from '../../charts/shape/figureModel.ts';
import { figureTable, type FigureTableRow } from '../../charts/shape/figureTable.ts';
import { experimentLabel } from '../shared/experimentWords.ts';
import { plural } from '../../lib/format.ts';
import { paperMoneyColumn, newCostColumns, type PaperExperiment } from './paperTables.ts';

/** A figure of the paper. */
export interface PaperFigure {
  readonly id: string;
  readonly of: PaperExperiment;
  readonly name: string;
  readonly caption: string;
  readonly sheet: FigureSheet;
  /** Everything that it draws, in whole cents. */
  readonly numbers: () => TableModel;
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
              of: one,
              name: `Convergence of ${agent.agentId}, ${label}`,
              caption: [`${label}.`, convergence.caption, unrecorded]
                .filter((words) => words !== '')
                .join(' '),
              sheet: convergence,
              numbers: () => drawnNumbers(input, [agent], parameter),
              widthMillimetres: 85,
              isBeside: false,
            },
          ]),
      ...(variance === undefined
        ? []
        : [
            {
              id: `variance-${id}-${file}`,
              of: one,
              name: `Variance of ${agent.agentId}, ${label}`,
              caption: `${label}. ${variance.caption}`,
              sheet: variance,
              numbers: () => tableModel(varianceColumns, agent.proposals, 'cents'),
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
            of: one,
            name: `Policy and cost, ${label}`,
            caption: combined.caption,
            sheet: combined,
            numbers: () => drawnNumbers(input, input.agents, parameter),
            widthMillimetres: 170,
            isBeside: true,
          },
        ]),
    ...perAgent,
  ];
}

/** The table of the figure on screen, and where proposals were judged on samples what its lines and bands are drawn from. */
function drawnNumbers(
  input: FigureInput,
  agents: readonly ChartAgent[],
  parameter: string | undefined,
): TableModel {
  const { columns, rows } = figureTable(input, agents, parameter);
  const accepted = agents.flatMap(({ agentId, index, accepted: costs }): typeof columns =>
    costs === undefined
      ? []
      : [
          { header: 'Accepted at', of: (cost?: AcceptedCost) => cost?.costCents },
          { header: 'Accepted at, 95 % from', of: (cost?: AcceptedCost) => cost?.intervalCents?.[0] },
          { header: 'Accepted at, 95 % to', of: (cost?: AcceptedCost) => cost?.intervalCents?.[1] },
        ].map(({ header, of }) => ({
          ...paperMoneyColumn<FigureTableRow>(`${index}.${header}`, header, ({ iteration }) =>
            of(costs.get(iteration)),
          ),
          group: agentId,
        })),
  );
  return tableModel([...columns, ...accepted], rows, 'cents');
}

/** One proposal a row. */
const varianceColumns: readonly GridColumn<Proposal>[] = [
  { id: 'iteration', header: 'Iteration', value: ({ iteration }) => iteration },
  { id: 'agent', header: 'Agent', value: ({ agentId }) => agentId },
  {
    id: 'verdict',
    header: 'Verdict',
    value: ({ verdict, invalidBecause }) => verdictWord(verdict, invalidBecause),
  },
  ...newCostColumns,
];

/** What of the proposals the file does not record. */
function missingWords({ detail }: PaperExperiment): string {
  const judged = detail.proposals.filter(({ verdict }) => verdict === 'rejected');
  const without = judged.filter(({ newCostCents }) => newCostCents === undefined).length;
  if (without === 0) return '';
  return `The file records no new cost of ${plural(without, 'rejected proposal')}: the cost panel gives no height to them.`;
}
