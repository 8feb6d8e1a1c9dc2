import type { Engine } from '../../engine/engine.ts';
import { bigInt, int, money, nullable, queryRows, text } from '../../engine/rows.ts';
import { err, ok, type Result } from '../../lib/result.ts';
import { sql } from '../../lib/sql.ts';
import { agentId, simulationId } from '../../lib/ids.ts';
import { labRules, rulesOfMark } from '../../domain/labMark.ts';
import type { Hindrance, Obstacle, RunInputs } from '../../domain/answers/resimulation.ts';
import { eventsOfRun } from '../read/eventFields.ts';
import type { RunScope } from '../scope.ts';

const spec = {
  simulationId: text,
  description: nullable(text),
  configJson: nullable(text),
  rngSeed: nullable(bigInt),
  arrivals: nullable(int),
  settlements: nullable(int),
  totalCostCents: nullable(money),
};

const hindered = (obstacle: Obstacle, detail?: string) => err<Hindrance>({ obstacle, detail });

/** What a run of our lab started from; or why nobody can start it again. */
export async function runInputs(
  engine: Engine,
  params: RunScope,
  signal?: AbortSignal,
): Promise<Result<RunInputs, Hindrance>> {
  const ofRun = sql`file_id = ${params.fileId} AND simulation_id = ${params.simulationId}`;
  const statement = sql`SELECT simulation_id, description, config_json, rng_seed, arrivals, settlements,
    total_cost_cents FROM simulation_runs WHERE ${ofRun} LIMIT 1`;
  const [row] = await queryRows(engine, statement, spec, signal);
  if (row === undefined) return hindered('no-row');
  const rules = rulesOfMark(row.description);
  if (rules === undefined) return hindered('not-our-lab');
  if (rules !== labRules) return hindered('other-rules', `rules ${rules}, this app has rules ${labRules}`);
  const counting = sql`SELECT count(*) AS events FROM ${eventsOfRun(params)}`;
  const [count] = await queryRows(engine, counting, { events: int }, signal);
  if (row.configJson === undefined) return hindered('no-scenario');
  if (row.rngSeed === undefined) return hindered('no-seed');
  const policies = await queryRows(
    engine,
    sql`SELECT agent_id, snapshot_tick, policy_json FROM stored_policy_snapshots
      WHERE ${ofRun} ORDER BY row_order`,
    { agentId: text, snapshotTick: int, policyJson: text },
    signal,
  );
  // Policies are stored with the events, at the same level.
  if (count === undefined || count.events === 0)
    return hindered(policies.length === 0 ? 'no-events' : 'events-gone');
  return ok({
    simulationId: simulationId(row.simulationId),
    configJson: row.configJson,
    policies: policies.map((policy) => ({
      agentId: agentId(policy.agentId),
      fromTick: policy.snapshotTick,
      policyJson: policy.policyJson,
    })),
    seed: row.rngSeed,
    eventCount: count.events,
    totals: {
      totalTransactions: row.arrivals ?? 0,
      totalSettlements: row.settlements,
      totalCostCents: row.totalCostCents,
    },
  });
}
