import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Engine } from '../../src/engine/engine.ts';
import { openNativeEngine } from '../../src/engine/node/nativeEngine.ts';
import { bigInt, int, money, queryRows, text } from '../../src/engine/rows.ts';
import { sql, type Sql } from '../../src/lib/sql.ts';
import { runIdOf } from './experimentRows.ts';
import { smallShape, type BenchShape } from './shape.ts';
import { writeDatabase } from './writeDatabase.ts';

const shape: BenchShape = {
  ...smallShape,
  experiments: 2,
  iterations: 10,
  eventsPerRun: 40,
  samplesPerProposal: 5,
};
let folder: string;
let engine: Engine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iterscope-test-'));
  await writeDatabase(join(folder, 'a.db'), shape);
  engine = await openNativeEngine(join(folder, 'a.db'), { readOnly: true });
});
afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true });
});

it('holds what its shape says', async () => {
  const counts = await queryRows(
    engine,
    sql`SELECT (SELECT count(*) FROM experiments)::INTEGER AS experiments,
      (SELECT count(*) FROM experiment_iterations)::INTEGER AS iterations,
      (SELECT count(*) FROM policy_evaluations)::INTEGER AS evaluations,
      (SELECT count(*) FROM simulation_events)::INTEGER AS events,
      (SELECT count(*) FROM experiment_events)::INTEGER AS experiment_events`,
    { experiments: int, iterations: int, evaluations: int, events: int, experimentEvents: int },
  );
  expect(counts).toEqual([
    { experiments: 2, iterations: 20, evaluations: 36, events: 800, experimentEvents: 40 + 36 },
  ]);
});

it('tells one story: an accepted proposal is the policy and the cost of the next iteration', async () => {
  const broken = await queryRows(
    engine,
    sql`SELECT count(*)::INTEGER AS n FROM policy_evaluations e
      JOIN experiment_iterations now ON now.run_id = e.run_id AND now.iteration = e.iteration
      JOIN experiment_iterations next ON next.run_id = e.run_id AND next.iteration = e.iteration + 1
      WHERE (now.costs_per_agent->>e.agent_id)::INTEGER <> e.old_cost
        OR (next.costs_per_agent->>e.agent_id)::INTEGER <> (CASE WHEN e.accepted THEN e.new_cost ELSE e.old_cost END)
        OR e.accepted <> (e.delta_sum > 0)`,
    { n: int },
  );
  expect(broken).toEqual([{ n: 0 }]);
});

it('repeats policies word for word: the accepted one is in force next, and else the old one stays', async () => {
  const policyOf = (policies: Sql) => sql`json_extract(${policies}, '$.' || e.agent_id)::VARCHAR`;
  const broken = await queryRows(
    engine,
    sql`SELECT count(*)::INTEGER AS n FROM policy_evaluations e
      JOIN experiment_iterations now ON now.run_id = e.run_id AND now.iteration = e.iteration
      JOIN experiment_iterations next ON next.run_id = e.run_id AND next.iteration = e.iteration + 1
      WHERE CASE WHEN accepted THEN NOT contains(next.policies, e.agent_id || '": ' || e.proposed_policy)
        ELSE ${policyOf(sql`now.policies`)} <> ${policyOf(sql`next.policies`)} END`,
    { n: int },
  );
  expect(broken).toEqual([{ n: 0 }]);
});

it('starts where the real files start, and has samples and texts that are JSON', async () => {
  const [first] = await queryRows(
    engine,
    sql`SELECT (costs_per_agent->>'BANK_A')::BIGINT AS cost FROM experiment_iterations
      WHERE run_id = ${runIdOf(0)} AND iteration = 0`,
    { cost: money },
  );
  expect(first?.cost).toBe(49_800n);
  const [checked] = await queryRows(
    engine,
    sql`SELECT min(json_array_length(sample_details))::INTEGER AS samples,
      (SELECT count(*) FROM simulation_events WHERE NOT json_valid(details))::INTEGER AS bad_details,
      (SELECT count(*) FROM experiment_events WHERE NOT json_valid(event_data::VARCHAR))::INTEGER AS bad_events
      FROM policy_evaluations`,
    { samples: int, badDetails: int, badEvents: int },
  );
  expect(checked).toEqual({ samples: 5, badDetails: 0, badEvents: 0 });
});

it('is the same every time, and in the storage every engine reads', async () => {
  await writeDatabase(join(folder, 'b.db'), shape);
  const again = await openNativeEngine(join(folder, 'b.db'), { readOnly: true });
  const fingerprint = sql`SELECT bit_xor(hash(event_id, details, tick))::VARCHAR AS events,
    (SELECT bit_xor(hash(id, event_data::VARCHAR))::VARCHAR FROM experiment_events) AS exchanges,
    (SELECT sum(new_cost)::BIGINT FROM policy_evaluations) AS cost,
    (SELECT tags['storage_version'] FROM duckdb_databases() WHERE NOT internal) AS storage FROM simulation_events`;
  const spec = { events: text, exchanges: text, cost: bigInt, storage: text };
  const [first] = await queryRows(engine, fingerprint, spec);
  const [second] = await queryRows(again, fingerprint, spec);
  await again.close();
  expect(second).toEqual(first);
  expect(first?.storage).toContain('v1.0.0');
});
