import type { EvaluationEvidence } from '../../catalog/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import { boolean, double, int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { parseJson } from '../../lib/json.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { agentId } from '../../schema/ids.ts';
import type { Cents } from '../../schema/units.ts';
import { centsField } from './jsonFields.ts';

/** One evaluation row as evidence needs it. */
export const evaluationSpec = {
  fileId: text,
  experimentId: text,
  iteration: int,
  agentId: text,
  accepted: boolean,
  acceptanceReason: nullable(text),
  proposedPolicy: nullable(text),
  oldCostCents: money,
  newCostCents: money,
  deltaSumCents: money,
  sampleCount: int,
  settlementRate: nullable(double),
  newCostStdDevCents: nullable(money),
  newCostInterval: nullable(text),
};

export type StoredEvaluation = RowOf<typeof evaluationSpec>;

/**
 * Evaluation rows. An accepted policy that stands word for word in the next iteration, as the writer
 * leaves it, is not read a second time.
 */
export async function readEvaluationRows(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<StoredEvaluation[]> {
  const statement = sql`WITH following AS (
      SELECT file_id, experiment_id, iteration - 1 AS iteration, policies FROM iterations WHERE ${condition}
    )
    SELECT file_id, experiment_id, iteration, agent_id, accepted, acceptance_reason,
      CASE WHEN accepted AND contains(policies, proposed_policy) THEN NULL ELSE proposed_policy END
        AS proposed_policy,
      old_cost_cents, new_cost_cents, delta_sum_cents, sample_count, settlement_rate,
      new_cost_std_dev_cents, new_cost_interval
    FROM evaluations LEFT JOIN following USING (file_id, experiment_id, iteration) WHERE ${condition}`;
  return queryRows(engine, statement, evaluationSpec, signal);
}

/** The same as evidence for verdicts, one row at a time. */
export function* evaluationEvidence(rows: Iterable<StoredEvaluation>): Generator<EvaluationEvidence, void> {
  for (const row of rows) {
    const policy = row.proposedPolicy === undefined ? undefined : parseJson(row.proposedPolicy);
    yield {
      iteration: row.iteration,
      agentId: agentId(row.agentId),
      accepted: row.accepted,
      reason: row.acceptanceReason,
      policy: policy?.ok === true ? policy.value : undefined,
      oldCostCents: row.oldCostCents,
      newCostCents: row.newCostCents,
      deltaSumCents: row.deltaSumCents,
      sampleCount: row.sampleCount,
      settlementRate: row.settlementRate,
      newCostStdDevCents: row.newCostStdDevCents,
      newCostIntervalCents: readInterval(row.newCostInterval),
    };
  }
}

/** JSON `[lower, upper]` in cents. */
export function readInterval(stored: string | undefined): readonly [Cents, Cents] | undefined {
  const parsed = stored === undefined ? undefined : parseJson(stored);
  if (parsed?.ok !== true || !Array.isArray(parsed.value)) return undefined;
  const [lower, upper] = parsed.value.map(centsField);
  return lower === undefined || upper === undefined ? undefined : [lower, upper];
}
