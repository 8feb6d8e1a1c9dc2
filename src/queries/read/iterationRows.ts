import type { IterationEvidence } from '../../catalog/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import type { Json } from '../../lib/json.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { parsePolicies } from '../../policy/parse.ts';
import { agentId, type AgentId } from '../../schema/ids.ts';
import { fieldsOf } from './jsonFields.ts';

const spec = {
  fileId: text,
  experimentId: text,
  iteration: int,
  /** NULL where it repeats the text of the row before: rejected iterations do, byte for byte. */
  policies: nullable(text),
  /** NULL unless the word `true` occurs in it: an all-false map carries no information. */
  acceptedChanges: nullable(text),
  costsPerAgent: nullable(text),
  recordedAt: nullable(text),
  evaluationSimulationId: nullable(text),
};

export type StoredIteration = RowOf<typeof spec>;

/** Iterations in order, each distinct text of policies once in a row. */
export async function readIterationRows(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<StoredIteration[]> {
  const statement = sql`SELECT file_id, experiment_id, iteration,
      CASE WHEN policies = lag(policies) OVER by_iteration THEN NULL ELSE policies END AS policies,
      CASE WHEN contains(accepted_changes, 'true') THEN accepted_changes END AS accepted_changes,
      costs_per_agent, recorded_at, evaluation_simulation_id
    FROM iterations WHERE ${condition}
    WINDOW by_iteration AS (PARTITION BY file_id, experiment_id ORDER BY iteration)
    ORDER BY file_id, experiment_id, iteration`;
  return queryRows(engine, statement, spec, signal);
}

const noPolicies: ReadonlyMap<AgentId, Json> = new Map();

/** The same as evidence for verdicts, one row at a time; a repeated text gives the same objects. */
export function* iterationEvidence(rows: Iterable<StoredIteration>): Generator<IterationEvidence, void> {
  let policies = noPolicies;
  for (const row of rows) {
    if (row.policies !== undefined) {
      const parsed = parsePolicies(row.policies);
      policies = parsed.ok ? parsed.value : noPolicies;
    }
    yield { iteration: row.iteration, policies, flaggedAccepted: flagged(row.acceptedChanges) };
  }
}

function flagged(acceptedChanges: string | undefined): ReadonlySet<AgentId> {
  const flags = fieldsOf(acceptedChanges, (value) => value === true);
  return new Set(flags.filter(([, accepted]) => accepted).map(([agent]) => agentId(agent)));
}
