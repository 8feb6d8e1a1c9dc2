import { storedAs } from '../../domain/unreadable.ts';
import { formatMoney } from '../../lib/format.ts';
import type { IterationRow, Proposal } from '../../domain/experiment/normalised.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { agentStyle } from './agentStyle.ts';
import type { ChartAgent, FigureInput } from './figureInput.ts';
import { formatParameter, parameterLabel, formatShare } from './figurePanels.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { verdictWord } from '../../domain/experiment/verdict.ts';

/** One iteration of the figure's table twin, never thinned. */
export interface FigureTableRow {
  readonly iteration: number;
  /** Undefined when a proposal names an iteration that was not stored. */
  readonly row: IterationRow | undefined;
  readonly proposals: ReadonlyMap<AgentId, Proposal>;
}

type Column = GridColumn<FigureTableRow>;

/** The figure's numbers, exact: money as integer cents to sort and copy, in dollars to read. */
export function figureTable(
  input: FigureInput,
  agents: readonly ChartAgent[],
  parameter: string | undefined,
): { readonly columns: readonly Column[]; readonly rows: readonly FigureTableRow[] } {
  const hasRates = input.detail.proposals.some(
    ({ settlementRate, unreadable }) =>
      settlementRate !== undefined || unreadable?.has('settlementRate') === true,
  );
  return {
    columns: [
      { id: 'iteration', header: 'Iteration', align: 'end', width: 80, value: (row) => row.iteration },
      moneyColumn('total', 'Total cost', undefined, ({ row }) => row?.totalCents),
      ...agents.flatMap((agent) => agentColumns(agent, parameter, hasRates)),
    ],
    rows: tableRows(input, agents),
  };
}

function tableRows(input: FigureInput, agents: readonly ChartAgent[]): readonly FigureTableRow[] {
  const proposals = new Map<number, Map<AgentId, Proposal>>();
  for (const row of input.detail.iterations) proposals.set(row.iteration, new Map());
  for (const agent of agents) {
    for (const proposal of agent.proposals) {
      const known = proposals.get(proposal.iteration);
      if (known === undefined) proposals.set(proposal.iteration, new Map([[agent.agentId, proposal]]));
      else known.set(agent.agentId, proposal);
    }
  }
  return [...proposals]
    .sort(([a], [b]) => a - b)
    .map(([iteration, own]) => ({ iteration, row: input.rows.get(iteration), proposals: own }));
}

function agentColumns(
  { agentId, index }: ChartAgent,
  parameter: string | undefined,
  hasRates: boolean,
): readonly Column[] {
  const look = { group: agentId, headerColor: agentStyle(index).color };
  const key = (name: string): string => `${index}.${name}`;
  const proposed = (row: FigureTableRow): Proposal | undefined => row.proposals.get(agentId);
  const money = (name: string, header: string, of: ReadCents, stored?: ReadStored): Column =>
    moneyColumn(key(name), header, look, of, stored);
  const storedIn = (field: keyof Proposal) => (row: FigureTableRow) => proposed(row)?.unreadable?.get(field);
  return [
    ...parameterColumns(key, look, parameter, {
      of: ({ row }) => row?.parameters.get(agentId),
      stored: ({ row }) => row?.unreadableParameters.get(agentId),
    }),
    money(
      'cost',
      'Cost',
      ({ row }) => row?.costsCents.get(agentId),
      ({ row }) => row?.unreadableCosts.get(agentId),
    ),
    ...parameterColumns(
      key,
      look,
      parameter,
      {
        of: (row) => proposed(row)?.parameters,
        stored: (row) => proposed(row)?.unreadableParameters,
      },
      'Proposed',
    ),
    money('old', 'Old cost', (row) => proposed(row)?.oldCostCents, storedIn('oldCostCents')),
    money('new', 'New cost', (row) => proposed(row)?.newCostCents, storedIn('newCostCents')),
    money('saving', 'Saving', (row) => {
      const proposal = proposed(row);
      return proposal === undefined ? undefined : savingOf(proposal)?.cents;
    }),
    ...(hasRates
      ? [rateColumn(key('rate'), look, (row) => proposed(row)?.settlementRate, storedIn('settlementRate'))]
      : []),
    {
      id: key('verdict'),
      header: 'Verdict',
      width: 96,
      ...look,
      value: (row) => {
        const proposal = proposed(row);
        return proposal === undefined ? undefined : verdictWord(proposal.verdict, proposal.invalidBecause);
      },
    },
  ];
}

type ReadCents = (row: FigureTableRow) => Cents | undefined;
type ReadStored = (row: FigureTableRow) => string | undefined;

type Look = Pick<Column, 'group' | 'headerColor'>;

function moneyColumn(
  id: string,
  header: string,
  look: Look | undefined,
  of: ReadCents,
  stored?: ReadStored,
): Column {
  const render = (row: FigureTableRow): string => {
    const value = of(row);
    return value === undefined ? instead(stored?.(row), 'cents') : formatMoney(value);
  };
  return { id, header, ...look, align: 'end', width: 96, value: of, render };
}

/** A dash where nothing is stored. */
function instead(stored: string | undefined, wanted: 'cents' | 'number'): string {
  return stored === undefined ? '–' : storedAs(stored, wanted);
}

function rateColumn(
  id: string,
  look: Look,
  of: (row: FigureTableRow) => number | undefined,
  stored: ReadStored,
): Column {
  const render = (row: FigureTableRow): string => {
    const value = of(row);
    return value === undefined ? instead(stored(row), 'number') : formatShare(value);
  };
  return { id, header: 'Settlement rate', ...look, align: 'end', value: of, render };
}

interface ReadParameters {
  readonly of: (row: FigureTableRow) => ReadonlyMap<string, number> | undefined;
  readonly stored: (row: FigureTableRow) => ReadonlyMap<string, string> | undefined;
}

function parameterColumns(
  key: (name: string) => string,
  look: Look,
  parameter: string | undefined,
  { of, stored }: ReadParameters,
  header?: string,
): readonly Column[] {
  if (parameter === undefined) return [];
  const value = (row: FigureTableRow): number | undefined => of(row)?.get(parameter);
  const render = (row: FigureTableRow): string => {
    const found = value(row);
    return found === undefined
      ? instead(stored(row)?.get(parameter), 'number')
      : formatParameter(parameter, found);
  };
  const id = key(header === undefined ? 'parameter' : 'proposed');
  const words = header ?? parameterLabel(parameter);
  return [{ id, header: words, headerTitle: parameter, ...look, align: 'end', width: 104, value, render }];
}
