import type { OpenFile } from '../../data/session/state.ts';
import { liquidityFraction, parameterText } from '../../domain/policy/parameters.ts';
import { outcomeOf } from '../../domain/compare/outcome.ts';
import { recognisePasses } from '../../domain/compare/groups.ts';
import type { ExperimentDetail, ExperimentSummary, Proposal } from '../../domain/experiment/normalised.ts';
import { formatMoney } from '../../lib/format.ts';
import type { AgentId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { experimentLabel } from '../shared/experimentWords.ts';
import { statusWords } from '../shared/words.ts';

/** One experiment of the paper. */
export interface PaperExperiment {
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  readonly detail: ExperimentDetail;
  readonly configText: string | undefined;
}

/** A table of the paper, its row type forgotten: it is shown and written, not looked into. */
export interface PaperTable {
  /** File name without ending, and label. */
  readonly id: string;
  /** The experiments of its rows. */
  readonly of: readonly PaperExperiment[];
  readonly name: string;
  /** What is shown and what the file does not record. */
  readonly caption: string;
  readonly columns: readonly GridColumn<unknown>[];
  readonly rows: readonly unknown[];
}

interface TypedTable<Row> extends Omit<PaperTable, 'columns' | 'rows'> {
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
}

/** Columns and rows of one table belong together. */
const untyped = <Row>(table: TypedTable<Row>): PaperTable => table as unknown as PaperTable;

/** Passes of one experiment, in the order in which they began. */
export interface PassGroup {
  readonly name: string;
  readonly passes: readonly PaperExperiment[];
}

/** Experiments whose configurations differ in seed, model or prompt alone are passes of one; any other stands alone. */
export function passGroups(experiments: readonly PaperExperiment[]): readonly PassGroup[] {
  const started = (one: PaperExperiment): string => one.summary.startedAt ?? '';
  const inOrder = experiments.toSorted((a, b) =>
    started(a) < started(b) ? -1 : started(a) > started(b) ? 1 : 0,
  );
  const groups = recognisePasses(inOrder, ({ summary, configText }) => ({
    name: summary.name,
    configText,
    experimentId: summary.experimentId,
  }));
  const groupOf = new Map(groups.flatMap((passes) => passes.map((one) => [one, passes] as const)));
  const seen = new Set<readonly PaperExperiment[]>();
  return inOrder.flatMap((one): readonly PassGroup[] => {
    const passes = groupOf.get(one);
    if (passes === undefined)
      return [{ name: experimentLabel(one.summary.name, one.summary.experimentId), passes: [one] }];
    if (seen.has(passes)) return [];
    seen.add(passes);
    return [{ name: one.summary.name, passes }];
  });
}

const lastIndexOf = ({ detail }: PaperExperiment): number | undefined => detail.iterations.at(-1)?.iteration;

/** Index of the last iteration over the passes, and how many of them converged. */
export function terminationTable(groups: readonly PassGroup[]): PaperTable {
  const rows = groups.map(({ name, passes }) => {
    const last = passes.flatMap((pass) => lastIndexOf(pass) ?? []);
    return {
      name,
      passes: passes.length,
      measured: last.length,
      mean: last.length === 0 ? undefined : last.reduce((sum, index) => sum + index, 0) / last.length,
      least: last.length === 0 ? undefined : Math.min(...last),
      most: last.length === 0 ? undefined : Math.max(...last),
      converged: passes.filter(({ summary }) => summary.status === 'converged').length,
      unfinished: passes.filter(({ summary }) => summary.status === 'unfinished').length,
    };
  });
  type Row = (typeof rows)[number];
  const number = (id: keyof Row, header: string): GridColumn<Row> => ({
    id,
    header,
    align: 'end',
    value: (row) => {
      const value = row[id];
      return typeof value === 'number' ? Number(value.toFixed(2)) : value;
    },
  });
  return untyped<Row>({
    id: 'termination',
    of: groups.flatMap(({ passes }) => passes),
    name: 'Termination statistics',
    caption:
      'Index of the last stored iteration over the passes of each experiment. Iterations are counted from 0, so the index is one less than their number. Converged: passes that ended before the limit because costs had settled; a pass that spent its iterations is not among them, nor one that never finished.',
    columns: [
      { id: 'name', header: 'Experiment', value: (row) => row.name, width: 180 },
      number('passes', 'Passes'),
      number('mean', 'Last index, mean'),
      number('least', 'least'),
      number('most', 'most'),
      number('converged', 'Converged'),
      number('unfinished', 'Unfinished'),
    ],
    rows,
  });
}

/** One experiment a row: how it ended and what it cost. */
export function resultsTable(experiments: readonly PaperExperiment[]): PaperTable {
  const rows = experiments.map((one) => ({
    one,
    outcome: outcomeOf(one.detail.iterations, one.detail.proposals, one.summary.unplacedRows),
  }));
  type Row = (typeof rows)[number];
  const money = (id: string, header: string, of: (row: Row) => Cents | undefined) =>
    paperMoneyColumn(id, header, of);
  const count = (id: string, header: string, of: (row: Row) => number | undefined): GridColumn<Row> => ({
    id,
    header,
    align: 'end',
    width: 90,
    value: of,
  });
  return untyped<Row>({
    id: 'results',
    of: experiments,
    name: 'Results over all experiments',
    caption:
      'Total cost over the agents in iteration 0, and in the last and the cheapest stored iteration. Iterations is their number, the last index is one less where they begin at 0. A cost that is not recorded for every agent is left out.',
    columns: [
      {
        id: 'experiment',
        header: 'Experiment',
        value: ({ one }) => experimentLabel(one.summary.name, one.summary.experimentId),
        width: 180,
      },
      { id: 'status', header: 'Ended', value: ({ one }) => statusWords[one.summary.status], width: 120 },
      count('iterations', 'Iterations', ({ outcome }) => outcome.iterations),
      count('last', 'Last index', ({ one }) => lastIndexOf(one)),
      money('first', 'First total', ({ outcome }) => outcome.firstCents),
      money('final', 'Final total', ({ outcome }) => outcome.finalCents),
      money('best', 'Best total', ({ outcome }) => outcome.bestCents),
      count('accepted', 'Accepted', ({ outcome }) => outcome.counts.accepted),
      count('rejected', 'Rejected', ({ outcome }) => outcome.counts.rejected),
      count('invalid', 'Invalid', ({ outcome }) => outcome.counts.invalid),
    ],
    rows,
  });
}

/** More agents than these do not stand beside each other on a page. */
const mostAgentsBeside = 4;

/** Parameter and cost of each agent at the end of each pass: beside each other, or an agent a row where they are many. */
export function passesTable(
  { name, passes }: PassGroup,
  id: string,
  parameter: string | undefined,
): PaperTable {
  const agents = [...new Set(passes.flatMap(({ detail }) => detail.agents))];
  const isBeside = agents.length <= mostAgentsBeside;
  interface Row {
    readonly pass: number;
    readonly one: PaperExperiment;
    /** Of an agent a row. */
    readonly agent?: AgentId;
  }
  const last = ({ one }: Row) => one.detail.iterations.at(-1);
  const agentColumns = (
    group: AgentId | undefined,
    agentOf: (row: Row) => AgentId | undefined,
  ): readonly GridColumn<Row>[] => {
    const of = <Value>(row: Row, values: ReadonlyMap<AgentId, Value> | undefined): Value | undefined => {
      const agent = agentOf(row);
      return agent === undefined ? undefined : values?.get(agent);
    };
    const cost = paperMoneyColumn<Row>(`${group ?? ''} cost`, 'Cost', (row) =>
      of(row, last(row)?.costsCents),
    );
    const value = (row: Row) => of(row, last(row)?.parameters)?.get(parameter ?? '');
    const columns =
      parameter === undefined ? [cost] : [parameterColumn<Row>(group ?? '', parameter, value), cost];
    return columns.map((column) => ({ ...column, group }));
  };
  return untyped<Row>({
    id: `passes-${id}`,
    of: passes,
    name: `Summary per pass of ${name}`,
    caption: `Each pass of ${name} in its last stored iteration: the policies in force there and what they cost. Proposals of that iteration are not in force yet. The last index is counted from 0.${isBeside ? '' : ' Total is that over all agents of the pass.'}`,
    columns: [
      { id: 'pass', header: 'Pass', align: 'end', width: 60, value: ({ pass }) => pass },
      { id: 'id', header: 'Id', width: 220, value: ({ one }) => one.summary.experimentId },
      { id: 'last', header: 'Last index', align: 'end', width: 90, value: ({ one }) => lastIndexOf(one) },
      ...(isBeside
        ? agents.flatMap((agent) => agentColumns(agent, () => agent))
        : [
            { id: 'agent', header: 'Agent', width: 120, value: ({ agent }: Row) => agent },
            ...agentColumns(undefined, ({ agent }) => agent),
          ]),
      paperMoneyColumn<Row>('total', 'Total', (row) => last(row)?.totalCents),
    ],
    rows: passes.flatMap((one, index): readonly Row[] =>
      isBeside
        ? [{ pass: index + 1, one }]
        : one.detail.agents.map((agent) => ({ pass: index + 1, one, agent })),
    ),
  });
}

/** One agent in one iteration a row. */
export function iterationsTable(one: PaperExperiment, id: string, parameter: string | undefined): PaperTable {
  const { detail, summary } = one;
  const rows = detail.iterations.flatMap((row) => detail.agents.map((agent) => ({ row, agent })));
  type Row = (typeof rows)[number];
  return untyped<Row>({
    id: `iterations-${id}`,
    of: [one],
    name: `Iterations of ${experimentLabel(summary.name, summary.experimentId)}`,
    caption: `Cost and policy in force of each agent in each iteration of ${summary.experimentId}, as stored. The first iteration is the baseline. Verdicts are left out: they belong to proposals, which take effect one iteration later.`,
    columns: [
      {
        id: 'iteration',
        header: 'Iteration',
        align: 'end',
        width: 90,
        value: ({ row }) => row.iteration,
      },
      { id: 'agent', header: 'Agent', width: 120, value: ({ agent }) => agent },
      paperMoneyColumn<Row>('cost', 'Cost', ({ row, agent }) => row.costsCents.get(agent)),
      ...(parameter === undefined
        ? []
        : [
            {
              ...parameterColumn<Row>('', parameter, ({ row, agent }) =>
                row.parameters.get(agent)?.get(parameter),
              ),
              group: undefined,
            },
          ]),
    ],
    rows,
  });
}

/** Last proposal of each agent that was judged on several samples. */
export function lastSampled(detail: ExperimentDetail): readonly Proposal[] {
  return detail.agents.flatMap((agent) => {
    const own = detail.proposals.filter(
      ({ agentId, sampleCount, newCostCents }) =>
        agentId === agent && (sampleCount ?? 0) > 1 && newCostCents !== undefined,
    );
    return (
      own.reduce<Proposal | undefined>(
        (latest, next) => (latest !== undefined && latest.iteration > next.iteration ? latest : next),
        undefined,
      ) ?? []
    );
  });
}

/** Statistics of the last evaluation of each agent; undefined where nothing was judged on samples. */
export function bootstrapTable(one: PaperExperiment, id: string): PaperTable | undefined {
  const rows = lastSampled(one.detail);
  if (rows.length === 0) return undefined;
  return untyped<Proposal>({
    id: `bootstrap-${id}`,
    of: [one],
    name: `Bootstrap statistics of ${experimentLabel(one.summary.name, one.summary.experimentId)}`,
    caption: `Last proposal of each agent of ${one.summary.experimentId} that was judged on bootstrap samples, as stored: mean of its new cost (whole cents, rounded down), standard deviation of the new cost over the samples (n - 1), and the 95 % interval of the mean new cost. The interval is that of the new cost, not of the saving: it does not tell whether the proposal improves.`,
    columns: [
      { id: 'agent', header: 'Agent', width: 120, value: ({ agentId }) => agentId },
      { id: 'iteration', header: 'Iteration', align: 'end', width: 90, value: ({ iteration }) => iteration },
      { id: 'verdict', header: 'Verdict', width: 100, value: ({ verdict }) => verdict.replace('_', ' ') },
      ...newCostColumns,
    ],
    rows,
  });
}

/** What is stored of the samples of a proposal: every number of a row of the bootstrap statistics. */
export const newCostColumns: readonly GridColumn<Proposal>[] = [
  paperMoneyColumn<Proposal>('mean', 'Mean new cost', ({ newCostCents }) => newCostCents),
  paperMoneyColumn<Proposal>(
    'deviation',
    'Standard deviation',
    ({ newCostStdDevCents }) => newCostStdDevCents,
  ),
  paperMoneyColumn<Proposal>(
    'low',
    '95 % of the mean new cost, from',
    ({ newCostIntervalCents }) => newCostIntervalCents?.[0],
  ),
  paperMoneyColumn<Proposal>('high', 'to', ({ newCostIntervalCents }) => newCostIntervalCents?.[1]),
  { id: 'samples', header: 'Samples', align: 'end', width: 90, value: ({ sampleCount }) => sampleCount },
];

export function paperMoneyColumn<Row>(
  id: string,
  header: string,
  of: (row: Row) => Cents | undefined,
): GridColumn<Row> {
  const render = (row: Row): string => {
    const value = of(row);
    return value === undefined ? '–' : formatMoney(value);
  };
  return { id, header, align: 'end', width: 120, isMoney: true, value: of, render };
}

/** As a number, so that it can be aligned: the liquidity fraction is one of 0 to 1. */
function parameterColumn<Row>(
  agent: AgentId | '',
  parameter: string,
  of: (row: Row) => number | undefined,
): GridColumn<Row> {
  return {
    id: `${agent} parameter`,
    // The field's one parameter is known by its last word; a table of two banks has no room for more.
    header: parameter === liquidityFraction ? 'Fraction' : parameter.replaceAll('_', ' '),
    group: agent,
    align: 'end',
    width: 140,
    value: of,
    render: (row) => {
      const value = of(row);
      return value === undefined ? '–' : parameterText(parameter, value);
    },
  };
}
