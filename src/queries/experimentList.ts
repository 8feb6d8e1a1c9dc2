import { type ExperimentSummary, deriveStatus } from '../domain/experiment/normalised.ts';
import { firstCostCents, mayLackLast } from '../domain/experiment/saving.ts';
import { unreadableFields } from '../domain/unreadable.ts';
import type { Engine } from '../engine/engine.ts';
import { int, nullable, queryRows, text, type RowOf } from '../engine/rows.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import { sql, type Sql } from '../lib/sql.ts';
import type { Cents } from '../lib/units.ts';
import { defineQuery } from './query.ts';
import {
  readConfig,
  experimentKey,
  groupByExperiment,
  storedExperimentColumns,
  storedExperimentSpec,
} from './read/experimentRow.ts';
import { readCostsOf, agentsTotal, unreadableCosts } from './read/iterationRows.ts';
import { collectInSlices } from './read/slices.ts';
import { inFile, type FileScope } from './scope.ts';

const experimentSpec = {
  ...storedExperimentSpec,
  experimentName: nullable(text),
  unreadable: nullable(text),
};

/** One row per experiment of a file: three statements, however many experiments. */
export const experimentList = defineQuery({
  name: 'experimentList',
  scope: 'one file',
  async run(engine, params: FileScope, signal): Promise<ExperimentSummary[]> {
    const statement = sql`SELECT ${storedExperimentColumns}, experiment_name, unreadable
      FROM experiments WHERE ${inFile(params)} ORDER BY created_at, experiment_id`;
    const [experiments, totals, unplaced] = await Promise.all([
      queryRows(engine, statement, experimentSpec, signal),
      readTotals(engine, inFile(params), signal),
      readUnplaced(engine, inFile(params), signal),
    ]);
    return experiments.map((row) => {
      const found = totals.get(experimentKey(row)) ?? noTotals;
      const unplacedRows = unplacedOf(row, found.iterationCount, unplaced);
      const config = readConfig(row.config, row.masterSeed);
      const { storedConverged: converged, convergenceReason, completedAt } = row;
      return {
        fileId: fileId(row.fileId),
        experimentId: experimentId(row.experimentId),
        name: row.experimentName ?? config.name ?? row.experimentId,
        status: deriveStatus({ completedAt, converged, convergenceReason }),
        storedConverged: converged,
        convergenceReason,
        evaluationMode: config.evaluationMode,
        numSamples: config.numSamples,
        masterSeed: config.masterSeed,
        configText: row.config,
        storedNumIterations: row.storedNumIterations,
        storedFinalCostCents: row.storedFinalCostCents,
        storedBestCostCents: row.storedBestCostCents,
        startedAt: row.createdAt,
        completedAt,
        ...asKnown(found, unplacedRows),
        ...(row.unreadable === undefined ? {} : { unreadable: unreadableFields(row.unreadable) }),
      };
    });
  },
});

/** Rows of iterations that are left out for want of a number, by experiment; without an id under `undefined`. */
type Unplaced = ReadonlyMap<string | undefined, number>;

async function readUnplaced(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<Unplaced> {
  const rows = await queryRows(
    engine,
    sql`SELECT experiment_id, count(*)::INTEGER AS unplaced FROM unplaced_iterations
      WHERE ${condition} GROUP BY experiment_id`,
    { experimentId: nullable(text), unplaced: int },
    signal,
  );
  return new Map(rows.map((row) => [row.experimentId, row.unplaced]));
}

/** A row without an experiment may be of any whose own counter has more iterations than are read, or has none yet. */
function unplacedOf(
  { experimentId: id, storedNumIterations }: RowOf<typeof experimentSpec>,
  iterationCount: number,
  unplaced: Unplaced,
): number {
  const own = unplaced.get(id) ?? 0;
  const stray = unplaced.get(undefined) ?? 0;
  if (storedNumIterations === undefined || storedNumIterations === 0) return own + stray;
  return own + Math.max(0, Math.min(stray, storedNumIterations - iterationCount - own));
}

/** Without the final and the best cost where a row that cannot be placed may hold them. */
function asKnown({ iterations, ...totals }: Totals, unplacedRows: number) {
  return {
    ...totals,
    unplacedRows,
    finalCostCents: mayLackLast(iterations, unplacedRows) ? undefined : totals.finalCostCents,
    bestCostCents: unplacedRows > 0 ? undefined : totals.bestCostCents,
  };
}

/** What the iterations of one experiment that are read add up to. */
interface Totals extends Pick<
  ExperimentSummary,
  | 'iterationCount'
  | 'firstCostCents'
  | 'finalCostCents'
  | 'bestCostCents'
  | 'sparklineCents'
  | 'unreadableCosts'
> {
  /** Their numbers, in order. */
  readonly iterations: readonly number[];
}

const noTotals: Totals = {
  iterationCount: 0,
  firstCostCents: undefined,
  finalCostCents: undefined,
  bestCostCents: undefined,
  sparklineCents: [],
  unreadableCosts: 0,
  iterations: [],
};

const spec = { fileId: text, experimentId: text, iteration: int, costsPerAgent: nullable(text) };

/**
 * Totals by experiment. A total exists where every agent of the experiment has a cost in cents (domain.md 5.1:
 * never the pooled `total_cost` of an event). Summed here: to take the texts apart and rank the sums costs the
 * engine ten times as long as to ship two thousand of them.
 */
async function readTotals(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Totals>> {
  const statement = sql`SELECT file_id, experiment_id, iteration, costs_per_agent FROM iterations WHERE ${condition}`;
  const rows = await queryRows(engine, statement, spec, signal);
  const found = new Map<string, Totals>();
  for (const [key, ofExperiment] of groupByExperiment(rows)) {
    const ordered = [...ofExperiment].sort((a, b) => a.iteration - b.iteration);
    const costs = await collectInSlices(readCostsOf(ordered), signal);
    const agents = new Set(costs.flatMap((ofIteration) => [...ofIteration.keys()]));
    const totals = costs.map((ofIteration) => agentsTotal(ofIteration, agents));
    const unread = ordered.filter(
      (row, at) => totals[at] === undefined && unreadableCosts(row.costsPerAgent, agents).size > 0,
    );
    const earliest = ordered[0] && { iteration: ordered[0].iteration, totalCents: totals[0] };
    found.set(key, {
      ...totalsOf(totals, firstCostCents(earliest), unread.length),
      iterations: ordered.map(({ iteration }) => iteration),
    });
  }
  return found;
}

function totalsOf(
  totals: readonly (Cents | undefined)[],
  firstCostCents: Cents | undefined,
  unreadableCosts: number,
): Omit<Totals, 'iterations'> {
  let best: Cents | undefined;
  for (const total of totals) {
    if (total !== undefined && (best === undefined || total < best)) best = total;
  }
  return {
    iterationCount: totals.length,
    firstCostCents,
    finalCostCents: totals.at(-1),
    bestCostCents: best,
    sparklineCents: pictureOf(totals),
    unreadableCosts,
  };
}

const wholePicture = 60;
const stretches = 29;

/** At most 60: the first and the last total, and the lowest and the highest of each of 29 stretches between. */
function pictureOf(totals: readonly (Cents | undefined)[]): readonly (Cents | undefined)[] {
  if (totals.length <= wholePicture) return totals;
  const between = totals.length - 2;
  const kept = new Set([0, totals.length - 1]);
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const from = 1 + Math.ceil((stretch * between) / stretches);
    const to = 1 + Math.ceil(((stretch + 1) * between) / stretches);
    let [low, high] = [from, from];
    for (let at = from; at < to; at += 1) {
      if (isBeyond(totals[at], totals[low], (a, b) => a < b)) low = at;
      if (isBeyond(totals[at], totals[high], (a, b) => a > b)) high = at;
    }
    kept.add(low).add(high);
  }
  return totals.filter((_, at) => kept.has(at));
}

/** Any total goes beyond a missing one. */
function isBeyond(
  total: Cents | undefined,
  other: Cents | undefined,
  beyond: (a: Cents, b: Cents) => boolean,
): boolean {
  return total !== undefined && (other === undefined || beyond(total, other));
}
