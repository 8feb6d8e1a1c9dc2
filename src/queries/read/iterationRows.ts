import type { IterationEvidence } from '../../domain/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import type { Json } from '../../lib/json.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { parsePolicies } from '../../domain/policy/policyJson.ts';
import { agentId, simulationId, type AgentId, type SimulationId } from '../../lib/ids.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';
import { fieldsOf } from './jsonFields.ts';

const spec = {
  fileId: text,
  experimentId: text,
  iteration: int,
  policies: nullable(text),
  /** NULL unless the word `true` occurs in it: an all-false map carries no information. */
  acceptedChanges: nullable(text),
  costsPerAgent: nullable(text),
  recordedAt: nullable(text),
  evaluationSimulationId: nullable(text),
};

export type StoredIteration = RowOf<typeof spec>;

/** Iterations in order. Sorted here: sorting rows with long texts takes the engine twice as long as shipping them. */
export async function readIterationRows(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<StoredIteration[]> {
  const statement = sql`SELECT file_id, experiment_id, iteration, policies,
      CASE WHEN contains(accepted_changes, 'true') THEN accepted_changes END AS accepted_changes,
      costs_per_agent, recorded_at, evaluation_simulation_id
    FROM iterations WHERE ${condition}`;
  const rows = await queryRows(engine, statement, spec, signal);
  return rows.sort((a, b) => a.iteration - b.iteration);
}

const costSpec = { iteration: int, costsPerAgent: nullable(text), evaluationSimulationId: nullable(text) };

/** The iterations of one experiment in order, without their policies, which are most of their text. */
export async function readIterationCosts(
  engine: Engine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RowOf<typeof costSpec>[]> {
  const statement = sql`SELECT iteration, costs_per_agent, evaluation_simulation_id FROM iterations
    WHERE ${ofExperiment(scope)} ORDER BY iteration`;
  return queryRows(engine, statement, costSpec, signal);
}

/** The iteration that names a run as its own, by run. */
export function evaluationIterations(
  rows: readonly Pick<StoredIteration, 'iteration' | 'evaluationSimulationId'>[],
): ReadonlyMap<SimulationId, number> {
  return new Map(
    rows.flatMap(({ iteration, evaluationSimulationId: run }) =>
      run === undefined ? [] : [[simulationId(run), iteration] as const],
    ),
  );
}

const noPolicies: ReadonlyMap<AgentId, Json> = new Map();

/**
 * The rows of one experiment as evidence for verdicts, one at a time. Rejected iterations repeat the text byte
 * for byte: it is parsed once, and the same objects need no comparing.
 */
export function* iterationEvidence(rows: Iterable<StoredIteration>): Generator<IterationEvidence, void> {
  let policies = noPolicies;
  let parsedText: string | undefined;
  for (const row of rows) {
    if (row.policies !== parsedText) {
      const parsed = parsePolicies(row.policies ?? '');
      policies = parsed.ok ? parsed.value : noPolicies;
      parsedText = row.policies;
    }
    yield { iteration: row.iteration, policies, flaggedAccepted: flagged(row.acceptedChanges) };
  }
}

function flagged(acceptedChanges: string | undefined): ReadonlySet<AgentId> {
  const flags = fieldsOf(acceptedChanges, (value) => value === true);
  return new Set(flags.filter(([, accepted]) => accepted).map(([agent]) => agentId(agent)));
}
