import type { Sql } from '../../lib/sql.ts';
import type { AttachedFile } from '../tables.ts';
import { selectRelation } from './selectRelation.ts';
import { experimentKey, readTable } from './tableReader.ts';

/** `policy_evaluations`: B's with 15 or 21 columns, or ours in a file of schema A. */
export function evaluations(file: AttachedFile): Sql | undefined {
  const table = readTable(file, 'policy_evaluations', [experimentKey, ['iteration'], ['agent_id']]);
  if (table === undefined) return undefined;
  return selectRelation(
    'evaluations',
    file.fileId,
    {
      experiment_id: table.text(...experimentKey),
      iteration: table.integer('iteration'),
      agent_id: table.text('agent_id'),
      evaluation_mode: table.text('evaluation_mode'),
      proposed_policy: table.text('proposed_policy'),
      old_cost_cents: table.bigint('old_cost'),
      new_cost_cents: table.bigint('new_cost'),
      context_cost_cents: table.bigint('context_simulation_cost'),
      accepted: table.boolean('accepted'),
      acceptance_reason: table.text('acceptance_reason'),
      delta_sum_cents: table.bigint('delta_sum'),
      sample_count: table.integer('num_samples'),
      sample_details: table.text('sample_details'),
      scenario_seed: table.bigint('scenario_seed'),
      recorded_at: table.text('timestamp'),
      settlement_rate: table.double('settlement_rate'),
      avg_delay: table.double('avg_delay'),
      cost_breakdown: table.text('cost_breakdown'),
      new_cost_std_dev_cents: table.bigint('cost_std_dev'),
      new_cost_interval: table.text('confidence_interval_95'),
      agent_stats: table.text('agent_stats'),
    },
    table.from,
  );
}
