import { bigInt, int, money, nullable, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import { runSuffix } from './runRows.ts';

/** Columns of a run's own row that every question about runs reads. */
export const storedRun = {
  status: nullable(text),
  configName: nullable(text),
  rngSeed: nullable(bigInt),
  ticksPerDay: nullable(int),
  dayCount: nullable(int),
  arrivals: nullable(int),
  settlements: nullable(int),
  totalCostCents: nullable(money),
  startedAt: nullable(text),
  endedAt: nullable(text),
};

/** A run whose link column is NULL may still be named after an experiment (domain.md 4.1: the id as fallback). */
export const runOwner = sql`coalesce(experiment_id, regexp_extract(simulation_id, ${`^(.+)${runSuffix}$`}, 1))`;
