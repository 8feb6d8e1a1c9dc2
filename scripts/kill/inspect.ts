import { openNativeEngine } from '../../src/engine/node/nativeEngine.ts';
import { int, queryRows, text } from '../../src/engine/rows.ts';
import { checkDatabase } from '../../src/lab/invariants/checkDatabase.ts';
import { tableContents } from '../../src/lab/invariants/tableContents.ts';
import { sql, type Sql } from '../../src/lib/sql.ts';

/** What a killed process must not leave: rows of an iteration without the iteration, or the other way round. */
const halves: readonly (readonly [what: string, count: Sql])[] = [
  [
    'runs without their iteration',
    sql`SELECT count(*) AS found FROM simulation_runs r WHERE run_purpose <> 'final' AND NOT EXISTS (
          SELECT 1 FROM experiment_iterations i
          WHERE i.experiment_id = r.experiment_id AND i.iteration = r.iteration)`,
  ],
  [
    'iterations without their run',
    sql`SELECT count(*) AS found FROM experiment_iterations i WHERE NOT EXISTS (
          SELECT 1 FROM simulation_runs r WHERE r.simulation_id = i.evaluation_simulation_id)`,
  ],
  [
    'runs without events',
    sql`SELECT count(*) AS found FROM simulation_runs r WHERE NOT EXISTS (
          SELECT 1 FROM simulation_events e WHERE e.simulation_id = r.simulation_id)`,
  ],
  [
    'iterations without their evaluation event',
    sql`SELECT count(*) AS found FROM experiment_iterations i WHERE NOT EXISTS (
          SELECT 1 FROM experiment_events e WHERE e.experiment_id = i.experiment_id
            AND e.iteration = i.iteration AND e.event_type = 'evaluation')`,
  ],
  [
    'events without their iteration',
    sql`SELECT count(*) AS found FROM experiment_events e WHERE NOT EXISTS (
          SELECT 1 FROM experiment_iterations i
          WHERE i.experiment_id = e.experiment_id AND i.iteration = e.iteration)`,
  ],
];

export interface Inspection {
  readonly iterations: number;
  readonly isComplete: boolean;
  /** What is broken, in words; empty is what a killed process should leave. */
  readonly faults: readonly string[];
}

/** Opens the file as the next program would, its WAL beside it, and looks for halves and broken promises. */
export async function inspect(path: string): Promise<Inspection> {
  const engine = await openNativeEngine(path);
  try {
    const tables = await queryRows(
      engine,
      sql`SELECT table_name AS name FROM information_schema.tables WHERE table_name = 'experiment_iterations'`,
      { name: text },
    );
    // Killed before the schema was there: nothing is stored, and nothing is half.
    if (tables.length === 0) return { iterations: 0, isComplete: false, faults: [] };
    const faults: string[] = [];
    for (const [what, count] of halves) {
      const [row] = await queryRows(engine, count, { found: int });
      if (row?.found !== 0) faults.push(`${row?.found ?? '?'} ${what}`);
    }
    const [counted] = await queryRows(
      engine,
      sql`SELECT (SELECT count(*) FROM experiment_iterations) AS iterations,
            (SELECT count(*) FROM experiments WHERE completed_at IS NOT NULL) AS complete`,
      { iterations: int, complete: int },
    );
    const { violations } = await checkDatabase(engine);
    faults.push(...violations.map(({ subject, message }) => `${subject}: ${message}`));
    return { iterations: counted?.iterations ?? 0, isComplete: counted?.complete === 1, faults };
  } finally {
    await engine.close();
  }
}

/** All rows, without what a clock decides. */
export async function contentsOf(path: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const engine = await openNativeEngine(path, { readOnly: true });
  try {
    return await tableContents(engine);
  } finally {
    await engine.close();
  }
}
