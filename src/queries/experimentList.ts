import { int, nullable, queryRows, text } from '../engine/rows.ts';
import { unreadableFields } from '../domain/unreadable/lostCells.ts';
import { sql, type Sql } from '../lib/sql.ts';
import { experimentId, fileId } from '../lib/ids.ts';
import type { ExperimentSummary } from '../domain/experiment/normalised.ts';
import { firstCostCents } from '../domain/experiment/firstCost.ts';
import { deriveStatus } from '../domain/experiment/status.ts';
import { readConfig } from './read/config.ts';
import { experimentKey, groupByExperiment } from './read/experimentKey.ts';
import { storedExperimentColumns, storedExperimentSpec } from './read/experimentRow.ts';
import { defineQuery } from './query.ts';
import { inFile, type FileScope } from './scope.ts';
import type { Engine } from '../engine/engine.ts';
import type { Cents } from '../lib/units.ts';
import { readCostsOf, agentsTotal, unreadableCosts } from './read/iterationCosts.ts';
import { collectInSlices } from './read/slices.ts';

const experimentSpec = {
  ...storedExperimentSpec,
  experimentName: nullable(text),
  unreadable: nullable(text),
};

/** One row per experiment of a file: two statements, however many experiments. */
export const experimentList = defineQuery({
  name: 'experimentList',
  scope: 'one file',
  async run(engine, params: FileScope, signal): Promise<ExperimentSummary[]> {
    const statement = sql`SELECT ${storedExperimentColumns}, experiment_name, unreadable
      FROM experiments WHERE ${inFile(params)} ORDER BY created_at, experiment_id`;
    const [experiments, totals] = await Promise.all([
      queryRows(engine, statement, experimentSpec, signal),
      readTotals(engine, inFile(params), signal),
    ]);
    return experiments.map((row) => {
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
        ...(totals.get(experimentKey(row)) ?? noTotals),
        ...(row.unreadable === undefined ? {} : { unreadable: unreadableFields(row.unreadable) }),
      };
    });
  },
});

/** What the iterations of one experiment add up to. */
type Totals = Pick<
  ExperimentSummary,
  | 'iterationCount'
  | 'firstCostCents'
  | 'finalCostCents'
  | 'bestCostCents'
  | 'sparklineCents'
  | 'unreadableCosts'
>;

const noTotals: Totals = {
  iterationCount: 0,
  firstCostCents: undefined,
  finalCostCents: undefined,
  bestCostCents: undefined,
  sparklineCents: [],
  unreadableCosts: 0,
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
    found.set(key, totalsOf(totals, firstCostCents(earliest), unread.length));
  }
  return found;
}

function totalsOf(
  totals: readonly (Cents | undefined)[],
  firstCostCents: Cents | undefined,
  unreadableCosts: number,
): Totals {
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
