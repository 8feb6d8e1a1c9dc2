import type { Engine } from '../../engine/engine.ts';
import { bigInt, int, nullable, queryRows, text, type RowSpec } from '../../engine/rows.ts';
import { formatCount } from '../../lib/format.ts';
import { ident, sql, type Sql } from '../../lib/sql.ts';
import { tables } from '../../schema/tables.ts';
import { runOwner } from '../read/runRows.ts';
import { sqlList, type ExtractParts, type ExtractScope } from './extractPlan.ts';
import { ExtractError } from './planExtract.ts';
import type { ExtractReport } from './writeExtract.ts';

/** What an extract and its source must agree on, as the app's own relations over each give it; a line a fact. */
export interface ExtractFacts {
  readonly costs: readonly string[];
  readonly evaluations: readonly string[];
  readonly runs: readonly string[];
}

const nothing: ExtractFacts = { costs: [], evaluations: [], runs: [] };

/** The facts of the chosen experiments over the file `fileId`, read through the relations. */
export async function readExtractFacts(
  engine: Engine,
  { fileId, experimentIds }: Pick<ExtractScope, 'fileId' | 'experimentIds'>,
  parts: ExtractParts,
  signal?: AbortSignal,
): Promise<ExtractFacts> {
  const own = sql`file_id = ${fileId} AND experiment_id IN (${sqlList(experimentIds)})`;
  const lines = async (statement: Sql, spec: RowSpec): Promise<readonly string[]> =>
    (await queryRows(engine, statement, spec, signal)).map((row) => Object.values(row).map(String).join(' '));
  const costs = await lines(
    sql`SELECT experiment_id, iteration, agent_key, value_text FROM iteration_costs WHERE ${own} ORDER BY ALL`,
    { experimentId: text, iteration: int, agentKey: text, valueText: nullable(text) },
  );
  const evaluations = await lines(
    sql`SELECT experiment_id, iteration, agent_id, accepted::VARCHAR AS accepted, old_cost_cents, new_cost_cents,
        delta_sum_cents, sample_count FROM evaluations AS e WHERE ${own}
        AND EXISTS (FROM iterations AS i WHERE i.file_id = e.file_id AND i.experiment_id = e.experiment_id
          AND i.iteration = e.iteration) ORDER BY ALL`,
    {
      experimentId: text,
      iteration: int,
      agentId: text,
      accepted: nullable(text),
      oldCostCents: nullable(bigInt),
      newCostCents: nullable(bigInt),
      deltaSumCents: nullable(bigInt),
      sampleCount: nullable(int),
    },
  );
  const runs = parts.runs
    ? await lines(
        sql`SELECT simulation_id, arrivals, settlements, total_cost_cents FROM (
            SELECT *, ${runOwner} AS owner FROM simulation_runs WHERE file_id = ${fileId}
          ) WHERE owner IN (${sqlList(experimentIds)}) ORDER BY ALL`,
        {
          simulationId: text,
          arrivals: nullable(bigInt),
          settlements: nullable(bigInt),
          totalCostCents: nullable(bigInt),
        },
      )
    : [];
  return { costs, evaluations, runs };
}

/** The facts of several files, as one database holds them. */
export function joinFacts(all: readonly ExtractFacts[]): ExtractFacts {
  const joined = (key: keyof ExtractFacts) => all.flatMap((facts) => facts[key]).sort();
  return { ...nothing, costs: joined('costs'), evaluations: joined('evaluations'), runs: joined('runs') };
}

/**
 * Holds the database, opened again as the file `fileId` under `alias`, against what was written: rows of each table, keys
 * and references, and every fact of the source. Throws `ExtractError` with the first difference.
 */
export async function verifyExtract(
  engine: Engine,
  place: Pick<ExtractScope, 'fileId' | 'experimentIds'> & { readonly alias: string },
  parts: ExtractParts,
  report: ExtractReport,
  source: ExtractFacts,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  for (const { name } of tables) {
    if (name === 'schema_migrations') continue;
    const counted = sql`SELECT count(*) AS rows FROM ${ident(place.alias)}.main.${ident(name)}`;
    const [found] = await queryRows(engine, counted, { rows: int }, signal);
    const wanted = report.rows.get(name) ?? 0;
    if (found?.rows !== wanted)
      throw differs(`the table ${name} has ${found?.rows ?? 0} rows, and ${wanted} were to be written`);
  }
  const [keys] = await queryRows(
    engine,
    sql`SELECT count(*) FILTER (constraint_type = 'PRIMARY KEY') AS primary_keys,
        count(*) FILTER (constraint_type = 'FOREIGN KEY') AS foreign_keys
      FROM duckdb_constraints() WHERE database_name = ${place.alias}`,
    { primaryKeys: int, foreignKeys: int },
    signal,
  );
  const foreignKeys = tables.reduce((sum, table) => sum + table.foreignKeys.length, 0);
  if (keys?.primaryKeys !== tables.length || keys.foreignKeys < foreignKeys)
    throw differs('keys or references of the unified schema are missing');
  const again = joinFacts([await readExtractFacts(engine, place, parts, signal)]);
  for (const kind of ['costs', 'evaluations', 'runs'] as const) {
    const wanted = source[kind];
    const found = again[kind];
    const at = wanted.findIndex((line, place) => found[place] !== line);
    if (at >= 0 || found.length !== wanted.length)
      throw differs(
        `${kind}: “${wanted[at] ?? 'nothing'}” in the source, “${found[at] ?? 'nothing'}” in the new one`,
      );
  }
  return [
    `${formatCount([...report.rows.values()].reduce((sum, rows) => sum + rows, 0))} rows of ${report.rows.size} tables`,
    `${formatCount(again.costs.length)} costs of iterations`,
    ...(again.evaluations.length === 0 ? [] : [`${formatCount(again.evaluations.length)} evaluations`]),
    ...(again.runs.length === 0 ? [] : [`totals of ${formatCount(again.runs.length)} runs`]),
  ];
}

const differs = (why: string): ExtractError =>
  new ExtractError({
    code: 'not-extracted',
    subject: 'the new database',
    what: 'The new database was written, and is not equal to its source: it is not handed out.',
    why: `Opened again, ${why}.`,
    wayOut: 'Report it with these words; the source is as it was.',
  });
