/** Simulation runs, their events, and the experiment's own events: the bulk of a benchmark database. */
import { sql, type Sql } from '../../src/lib/sql.ts';
import type { BenchShape } from './shape.ts';

const ticks = 12;

/** 36 characters like a random UUID, the same on every machine. */
function uuid(seed: Sql): Sql {
  return sql`md5(${seed})::UUID::VARCHAR`;
}

const simulationId = sql`run_id || '-sim-' || printf('%03d', k + 1) || '-init'`;

export function insertRuns({ eventsPerRun }: BenchShape): Sql {
  const payments = Math.floor(eventsPerRun / 8);
  return sql`INSERT INTO simulations
    SELECT ${simulationId}, NULL, NULL, NULL, 0, ${ticks}, 1, 2, 'completed', min(stamp)::TIMESTAMP, min(stamp)::TIMESTAMP,
      ${payments}, ${payments}, sum(cost), 0.0, 0.0,
      '{"simulation": {"ticks_per_day": 12, "num_days": 1, "rng_seed": 42}, "deferred_crediting": true}', run_id, k
    FROM steps GROUP BY run_id, k ORDER BY k`;
}

/** Eight kinds of event in turn, in the shares of real files: a payment arrives, is submitted, settles; costs accrue. */
export function insertEvents({ eventsPerRun }: BenchShape): Sql {
  const seed = sql`run_id || k || '-' || i`;
  const payment = sql`run_id || k || '-' || (i // 8)`;
  const amount = sql`(1000 + (i // 8 * 7919 + k * 104729) % 99991)`;
  return sql`INSERT INTO simulation_events
    SELECT ${uuid(seed)}, ${simulationId}, i * ${ticks} // ${eventsPerRun}, 0, stamp::TIMESTAMP,
      CASE i % 8 WHEN 0 THEN 'Arrival' WHEN 1 THEN 'PolicySubmit' WHEN 2 THEN 'RtgsSubmission'
        WHEN 3 THEN 'RtgsImmediateSettlement' WHEN 4 THEN 'DeferredCreditApplied' WHEN 5 THEN 'CostAccrual'
        WHEN 6 THEN 'QueuedRtgs' ELSE 'Queue2LiquidityRelease' END,
      CASE i % 8
        WHEN 0 THEN '{"sender_id": "BANK_A", "receiver_id": "BANK_B", "amount": ' || ${amount} || ', "deadline": '
          || (i % 11 + 1) || ', "priority": 5, "is_divisible": false}'
        WHEN 1 THEN '{}'
        WHEN 2 THEN '{"sender": "BANK_A", "receiver": "BANK_B", "amount": ' || ${amount}
          || ', "internal_priority": 5, "rtgs_priority": "Normal"}'
        WHEN 3 THEN '{"sender": "BANK_A", "receiver": "BANK_B", "amount": ' || ${amount}
          || ', "sender_balance_before": ' || (500000 + (i * 31) % 77777) || ', "sender_balance_after": '
          || (500000 + (i * 31) % 77777 - ${amount}) || '}'
        WHEN 4 THEN '{"amount": ' || ${amount} || ', "source_transactions": ["' || ${uuid(payment)} || '"]}'
        WHEN 5 THEN '{"costs": {"liquidity_cost": 0, "delay_cost": ' || (i % 97) || ', "collateral_cost": 0, '
          || '"penalty_cost": 0, "split_friction_cost": 0, "total": ' || (4150 + i % 97) || '}}'
        WHEN 6 THEN '{"sender_id": "BANK_A"}'
        ELSE '{"sender": "BANK_B", "receiver": "BANK_A", "amount": ' || ${amount}
          || ', "queue_wait_ticks": 2, "release_reason": "liquidity_available"}' END,
      CASE WHEN i % 8 IN (1, 4, 5) THEN agent_id END,
      CASE WHEN i % 8 NOT IN (4, 5) THEN ${uuid(payment)} END,
      stamp::TIMESTAMP
    FROM steps, range(${eventsPerRun}) AS numbers(i) WHERE agent_id = 'BANK_A' ORDER BY k, i`;
}

/** What the runner records: the run, the evaluation, then one exchange with the proposer for each agent. */
export function insertExperimentEvents({ promptCharacters, eventsPerRun }: BenchShape): Sql {
  const sentence = sql`'At tick ' || (k % 12) || ' ' || agent_id || ' paid $' || cost || ' for liquidity and waited. '`;
  const promptSentences = sql`((1 + (k * 7 + length(agent_id)) % 3) * ${Math.floor(promptCharacters / 150)})`;
  const total = sql`'"per_agent_costs": {' || string_agg('"' || agent_id || '": ' || cost, ', ' ORDER BY agent_id) || '}'`;
  return sql`INSERT INTO experiment_events (run_id, iteration, event_type, event_data, "timestamp")
    SELECT run_id, k, event_type, event_data, stamp FROM (
      SELECT run_id, k, 0 AS place, '' AS agent_id, 'simulation_run' AS event_type, min(stamp) AS stamp,
        '{"simulation_id": "' || ${simulationId} || '", "purpose": "init", "seed": ' || (k * 7919 + 1) || ', "ticks": 12, '
        || '"total_cost": ' || sum(cost) || ', ' || ${total} || ', "num_events": ' || ${eventsPerRun} || '}' AS event_data
      FROM steps GROUP BY run_id, k
      UNION ALL
      SELECT run_id, k, 1, '', 'evaluation', min(stamp), '{"total_cost": ' || sum(cost) || ', ' || ${total} || '}'
      FROM steps GROUP BY run_id, k
      UNION ALL
      SELECT run_id, k, 2, agent_id, 'llm_interaction', stamp,
        '{"agent_id": "' || agent_id || '", "system_prompt": "' || repeat('You set the policy of a bank. ', ${Math.floor(promptCharacters / 120)})
        || '", "user_prompt": "' || repeat(${sentence}, ${promptSentences}) || '", "raw_response": "fraction ' || proposed
        || '", "parsed_policy": {"parameters": {"initial_liquidity_fraction": ' || proposed || '}}, "parsing_error": null, '
        || '"model": "bench:none", "prompt_tokens": ' || (11 * ${promptSentences}) || ', "completion_tokens": 2, '
        || '"latency_seconds": 0.0}'
      FROM steps WHERE proposes)
    ORDER BY k, place, agent_id`;
}
