/** Rows of one invented experiment, made inside the engine by arithmetic only: the same on every machine. */
import { sql, type Sql } from '../../src/lib/sql.ts';
import type { BenchShape } from './shape.ts';

export function runIdOf(experiment: number): string {
  return `bench-20261123-${String(100_000 + experiment)}-${(0xa00000 + experiment * 7919).toString(16)}`;
}

/**
 * One row per iteration and agent: fraction in force, cost, proposal and verdict. Two of three proposals are accepted and
 * lower the fraction; the rest are dearer. The last iteration proposes nothing. An accepted policy stands word for word in
 * the next iteration, and a policy that stays is repeated, as the writers of real files do it.
 */
export function createSteps(experiment: number, { iterations }: BenchShape): Sql {
  const step = sql`${0.4 / iterations}::DOUBLE`;
  // By count, not by repeated subtraction, so that an accepted cost is exactly the cost of the next iteration.
  return sql`CREATE OR REPLACE TEMP TABLE steps AS
    WITH verdicts AS (
      SELECT k, agent, ${runIdOf(experiment)} AS run_id, (k + ${experiment} + agent) % 3 <> 0 AS accepted
      FROM range(${iterations}) AS ks(k), range(2) AS agents(agent)),
    counted AS (
      SELECT *, coalesce(count(*) FILTER (accepted) OVER (PARTITION BY agent ORDER BY k
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS accepted_before FROM verdicts),
    fractions AS (
      SELECT *, 0.5 - ${step} * accepted_before AS fraction,
        CASE WHEN accepted THEN 0.5 - ${step} * (accepted_before + 1)
          ELSE 0.5 - ${step} * accepted_before + 0.02 END AS proposed FROM counted)
    SELECT run_id, k, CASE agent WHEN 0 THEN 'BANK_A' ELSE 'BANK_B' END AS agent_id, accepted,
      k < ${iterations - 1} AS proposes, 'v' || accepted_before AS policy_id,
      CASE WHEN accepted THEN 'v' || (accepted_before + 1) ELSE 'v' || accepted_before || '_dearer' END AS proposed_id, round(fraction, 6) AS fraction, round(proposed, 6) AS proposed,
      round(fraction * 99600)::INTEGER AS cost, round(proposed * 99600)::INTEGER AS new_cost,
      strftime(TIMESTAMP '2026-11-23 04:53:50' + INTERVAL (${experiment}) HOUR + INTERVAL (k) SECOND,
        '%Y-%m-%dT%H:%M:%S.%f') AS stamp
    FROM fractions`;
}

/** JSON text of a policy with `fraction`, as the proposers of real files write it. */
function policy(fraction: Sql, id: Sql): Sql {
  return sql`'{"version": "2.0", "policy_id": "' || ${id} || '", "parameters": {"initial_liquidity_fraction": '
    || ${fraction} || '}, "payment_tree": {"type": "action", "node_id": "default_release", "action": "Release"}, '
    || '"strategic_collateral_tree": {"type": "action", "node_id": "hold_collateral", "action": "HoldCollateral"}}'`;
}

export function insertExperiment(experiment: number, shape: BenchShape): readonly Sql[] {
  const { iterations, samplesPerProposal: samples } = shape;
  const mode = samples > 0 ? 'bootstrap' : 'deterministic-pairwise';
  const config = JSON.stringify({
    name: `bench${experiment}`,
    description: '12-Period Stochastic LVTS-Style',
    master_seed: 42 + experiment,
    evaluation: { mode, ticks: 12, num_samples: samples },
    convergence: { max_iterations: iterations, stability_threshold: 0.05, stability_window: 5 },
    optimized_agents: ['BANK_A', 'BANK_B'],
  });
  const reason = `Max iterations reached (${iterations})`;
  return [
    sql`INSERT INTO experiments SELECT run_id, ${`bench${experiment}`}, 'generic', ${config}, min(stamp), max(stamp),
      ${iterations}, TRUE, ${reason} FROM steps GROUP BY run_id`,
    sql`INSERT INTO experiment_iterations
      SELECT run_id, k,
        '{' || string_agg('"' || agent_id || '": ' || cost, ', ' ORDER BY agent_id) || '}',
        '{"BANK_A": false, "BANK_B": false}',
        '{' || string_agg('"' || agent_id || '": ' || ${policy(sql`fraction`, sql`policy_id`)}, ', '
          ORDER BY agent_id) || '}',
        min(stamp) FROM steps GROUP BY run_id, k ORDER BY k`,
    sql`INSERT INTO policy_evaluations
      SELECT run_id, k, agent_id, ${mode.replace('-pairwise', '')}, ${policy(sql`proposed`, sql`proposed_id`)},
        cost, new_cost, cost, accepted,
        CASE WHEN accepted THEN 'passed: delta_sum > 0' ELSE 'rejected: delta_sum <= 0' END,
        (cost - new_cost) * ${Math.max(samples, 1)}, ${Math.max(samples, 1)},
        ${sampleDetails(samples)}, NULL, stamp, NULL, NULL, NULL,
        ${samples > 0 ? sql`997` : sql`NULL`},
        ${samples > 0 ? sql`'[' || (new_cost - 276) || ', ' || (new_cost + 276) || ']'` : sql`NULL`}, NULL
      FROM steps WHERE proposes ORDER BY k, agent_id`,
  ];
}

/** Samples whose deltas scatter around the mean and add up to about n times it. */
function sampleDetails(samples: number): Sql {
  if (samples === 0) return sql`NULL`;
  return sql`'[' || array_to_string(list_transform(range(${samples}), lambda i: '{"index": ' || i || ', "seed": '
    || ((k * 7919 + i * 104729) % 2147483647) || ', "old_cost": ' || (cost + (i * 389) % 997 - 498)
    || ', "new_cost": ' || (new_cost + (i * 389) % 997 - 498) || ', "delta": ' || (cost - new_cost) || '}'), ', ') || ']'`;
}
