import { ident, join, sql, type Sql } from '../lib/sql.ts';
import { int, queryRows } from '../engine/rows.ts';
import type { Engine } from '../engine/engine.ts';
import type { ExperimentId } from '../lib/ids.ts';
import {
  experimentEvents,
  experimentIterations,
  experiments,
  policyEvaluations,
  simulationRuns,
  type ExperimentEventRow,
  type ExperimentIterationRow,
  type ExperimentRow,
  type PolicyEvaluationRow,
  type SimulationRunRow,
} from '../schema/models/experiments.ts';
import type { NaiveTime } from '../lib/storedTime.ts';
import {
  storesEvaluation,
  type PersistencePolicy,
  type SimulationRecord,
  type SimulationPersister,
} from './simulationPersister.ts';
import { encodeCells, insertRecords, inTransaction, readRecords } from './records.ts';
import { addCents, cents, type Cents } from '../lib/units.ts';
import type { RecordOf, Table } from '../schema/table.ts';

/** A new experiment; what only its end can tell is left out. */
export type NewExperiment = Omit<
  ExperimentRow,
  'completedAt' | 'numIterations' | 'converged' | 'convergenceReason' | 'finalCostCents' | 'bestCostCents'
>;

/** Everything one pass of the loop leaves behind; stored whole or not at all. */
export interface IterationBundle {
  readonly iteration: ExperimentIterationRow;
  /** Written first: the iteration may refer to one of them. */
  readonly runs: readonly SimulationRecord[];
  /** In the order they happened. */
  readonly events: readonly ExperimentEventRow[];
  readonly evaluations: readonly PolicyEvaluationRow[];
}

export interface ExperimentEnd {
  readonly completedAt: NaiveTime;
  /** Whether a detector stopped the loop; a spent budget is not convergence. */
  readonly converged: boolean;
  readonly convergenceReason: string;
}

/** Experiments of one database, written while they run and read to go on. */
export interface ExperimentRepository {
  create(experiment: NewExperiment): Promise<void>;
  /** One transaction. The iteration must be the next one of an unfinished experiment. */
  saveIteration(bundle: IterationBundle): Promise<void>;
  /** Marks the end; count of iterations, final and best cost are taken from the stored iterations. */
  complete(id: ExperimentId, end: ExperimentEnd): Promise<void>;
  /** Oldest first. */
  list(): Promise<readonly ExperimentRow[]>;
  load(id: ExperimentId): Promise<ExperimentRow | undefined>;
  /** Index of the iteration to go on with: 0 for a new experiment. */
  nextIteration(id: ExperimentId): Promise<number>;
  loadIterations(id: ExperimentId): Promise<readonly ExperimentIterationRow[]>;
  loadEvents(id: ExperimentId): Promise<readonly ExperimentEventRow[]>;
  loadEvaluations(id: ExperimentId): Promise<readonly PolicyEvaluationRow[]>;
  loadRuns(id: ExperimentId): Promise<readonly SimulationRunRow[]>;
}

export function createExperimentRepository(
  engine: Engine,
  simulations: SimulationPersister,
  policy: PersistencePolicy,
): ExperimentRepository {
  const load = async (id: ExperimentId): Promise<ExperimentRow | undefined> => {
    const [experiment] = await readRecords(engine, experiments, { where: sql`experiment_id = ${id}` });
    return experiment;
  };
  const loadUnfinished = async (id: ExperimentId): Promise<ExperimentRow> => {
    const experiment = await load(id);
    if (experiment === undefined) throw new Error(`experiment ${id} does not exist`);
    if (experiment.completedAt !== undefined) throw new Error(`experiment ${id} is complete`);
    return experiment;
  };
  const nextIteration = async (id: ExperimentId): Promise<number> => {
    const [row] = await queryRows(
      engine,
      sql`SELECT coalesce(max(iteration) + 1, 0) AS next FROM experiment_iterations WHERE experiment_id = ${id}`,
      { next: int },
    );
    return row?.next ?? 0;
  };
  const loadIterations = (id: ExperimentId): Promise<readonly ExperimentIterationRow[]> =>
    readRecords(engine, experimentIterations, {
      where: sql`experiment_id = ${id}`,
      orderBy: sql`iteration`,
    });

  return {
    load,
    nextIteration,
    loadIterations,
    create: (experiment) =>
      insertRecords(engine, experiments, [{ ...experiment, numIterations: 0, converged: false }]),
    saveIteration: (bundle) =>
      inTransaction(engine, async () => {
        const { iteration, runs, events, evaluations } = bundle;
        await loadUnfinished(iteration.experimentId);
        const next = await nextIteration(iteration.experimentId);
        if (iteration.iteration !== next) {
          throw new Error(
            `iteration ${iteration.iteration} of ${iteration.experimentId} cannot come before ${next}`,
          );
        }
        const notStored = new Set<string>();
        for (const record of runs) {
          if ((await simulations.write(record)) === 'none') notStored.add(record.run.simulationId);
        }
        const { evaluationSimulationId, ...unlinked } = iteration;
        const linked =
          evaluationSimulationId === undefined || notStored.has(evaluationSimulationId)
            ? unlinked
            : iteration;
        await insertRecords(engine, experimentIterations, [linked]);
        await insertRecords(engine, experimentEvents, events);
        const judged = evaluations.filter((evaluation) => storesEvaluation(policy, evaluation.accepted));
        await insertRecords(engine, policyEvaluations, judged);
      }),
    complete: (id, end) =>
      inTransaction(engine, async () => {
        await loadUnfinished(id);
        const iterations = await loadIterations(id);
        const changes = { ...end, numIterations: iterations.length, ...outcomeCosts(iterations) };
        await updateRecord(engine, experiments, changes, sql`experiment_id = ${id}`);
      }),
    list: () => readRecords(engine, experiments, { orderBy: sql`created_at, experiment_id` }),
    loadEvents: (id) =>
      readRecords(engine, experimentEvents, { where: sql`experiment_id = ${id}`, orderBy: sql`id` }),
    loadEvaluations: (id) =>
      readRecords(engine, policyEvaluations, {
        where: sql`experiment_id = ${id}`,
        orderBy: sql`iteration, rowid`,
      }),
    loadRuns: (id) =>
      readRecords(engine, simulationRuns, { where: sql`experiment_id = ${id}`, orderBy: sql`rowid` }),
  };
}

interface OutcomeCosts {
  readonly finalCostCents?: Cents;
  readonly bestCostCents?: Cents;
}

const total = (iteration: ExperimentIterationRow): Cents =>
  [...iteration.costsPerAgent.values()].reduce(addCents, cents(0n));

/** Final and best total cost of iterations in order; both absent where there are none (domain.md 9.3). */
function outcomeCosts(iterations: readonly ExperimentIterationRow[]): OutcomeCosts {
  const totals = iterations.map(total);
  const finalCostCents = totals.at(-1);
  if (finalCostCents === undefined) return {};
  return { finalCostCents, bestCostCents: totals.reduce((best, next) => (next < best ? next : best)) };
}

/**
 * Sets some fields of the rows that `where` finds. The columns must not be indexed: DuckDB turns the update of
 * an indexed column into delete and insert, and refuses that for a row that others refer to.
 */
export async function updateRecord<T extends Table>(
  engine: Engine,
  table: T,
  changes: Partial<RecordOf<T>>,
  where: Sql,
): Promise<void> {
  const cells = encodeCells(table.row.partial(), changes);
  const indexed = [...table.primaryKey, ...table.indexes.flatMap((index) => index.columns)];
  const assignments = table.columns.flatMap((column) => {
    const cell = cells[column.field];
    if (cell === undefined) return [];
    if (indexed.includes(column.name)) throw new Error(`${table.name}.${column.name} is indexed: no update`);
    return [sql`${ident(column.name)} = ${cell}`];
  });
  await engine.query(sql`UPDATE ${ident(table.name)} SET ${join(assignments, ', ')} WHERE ${where}`);
}
