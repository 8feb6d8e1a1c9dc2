import { sql, type Sql } from '../lib/sql.ts';
import type { Engine } from '../engine/engine.ts';
import type { RunPurpose, SimulationId } from '../lib/ids.ts';
import { simulationEvents } from '../schema/models/simulationEvents.ts';
import { simulationRuns, type SimulationRunRow } from '../schema/models/simulationRuns.ts';
import type { NaiveTime } from '../schema/naiveTime.ts';
import {
  persistenceLevelFor,
  type PersistenceLevel,
  type PersistencePolicy,
} from '../schema/persistencePolicy.ts';
import type { RecordOf, Table } from '../schema/table.ts';
import { readRecords } from './readRecords.ts';
import type { SimulationRecord } from './simulationRecord.ts';
import { inTransaction } from './transaction.ts';
import { writeSimulation } from './writeSimulation.ts';

/** Stores runs at the level their purpose has, and reads them back. */
export interface SimulationPersister {
  /** What would be stored of a run of this purpose; ask before computing what is not. */
  levelFor(purpose: RunPurpose): PersistenceLevel;
  /** One run in one transaction; says at which level it was stored. */
  save(record: SimulationRecord): Promise<PersistenceLevel>;
  /** The same inside a transaction of the caller's. */
  write(record: SimulationRecord): Promise<PersistenceLevel>;
  loadRun(id: SimulationId): Promise<SimulationRunRow | undefined>;
  /** Rows of one run from any table that has a `simulation_id`, in the order they were written. */
  loadRows<T extends Table>(table: T, id: SimulationId): Promise<readonly RecordOf<T>[]>;
}

const orderOf = (table: Table): Sql =>
  table.name === simulationEvents.name ? sql`tick, event_timestamp, rowid` : sql`rowid`;

export function createSimulationPersister(
  engine: Engine,
  policy: PersistencePolicy,
  clock: () => NaiveTime,
): SimulationPersister {
  const write = async (record: SimulationRecord): Promise<PersistenceLevel> => {
    const level = persistenceLevelFor(policy, record.run.runPurpose ?? 'standalone');
    await writeSimulation(engine, record, level, clock());
    return level;
  };
  return {
    levelFor: (purpose) => persistenceLevelFor(policy, purpose),
    write,
    save: (record) => inTransaction(engine, () => write(record)),
    async loadRun(id) {
      const [run] = await readRecords(engine, simulationRuns, { where: sql`simulation_id = ${id}` });
      return run;
    },
    loadRows: (table, id) =>
      readRecords(engine, table, { where: sql`simulation_id = ${id}`, orderBy: orderOf(table) }),
  };
}
