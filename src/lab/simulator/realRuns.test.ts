/**
 * The simulator against runs of the original engine: same scenario, same policies, same arrivals, so the same
 * settlements and the same costs to the cent. Nothing here was fitted to these files.
 */
import { expect, it } from 'vitest';

import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import { int, money, queryRows, text } from '../../engine/rows.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../lib/json.ts';
import { sql } from '../../lib/sql.ts';
import { eventsOf, payment, runLab } from '../../testing/labRun.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { scenarioConfig, type ScenarioInput } from './scenarioConfig.ts';

function objectOf(json: string): JsonObject {
  const parsed = parseJson(json);
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('not a JSON object');
  return parsed.value;
}

const arrivalColumns = { tick: int, sender: text, receiver: text, amount: int, deadline: int };

async function arrivalsOf(file: string, simulationId: string) {
  const engine = await openNativeEngine(file, { readOnly: true });
  const rows = await queryRows(
    engine,
    sql`SELECT tick, details->>'sender_id' AS sender, details->>'receiver_id' AS receiver,
          CAST(details->>'amount' AS BIGINT) AS amount, CAST(details->>'deadline' AS BIGINT) AS deadline
        FROM simulation_events WHERE event_type = 'Arrival' AND simulation_id = ${simulationId}
        ORDER BY tick, event_timestamp, rowid`,
    arrivalColumns,
  );
  await engine.close();
  return rows;
}

describeRealFile('near-deadline.db', (file) => {
  it('settles, queues and costs as the stored run did', async () => {
    const arrivals = await arrivalsOf(file, 'sim-3a023269');
    // The engine's default rates of the day; the stored config names keys that it did not read.
    const run = runLab({
      simulation: { ticks_per_day: 100, num_days: 1, rng_seed: 42 },
      cost_rates: {
        delay_cost_per_tick_per_cent: 0.0001,
        overdraft_bps_per_tick: 0.001,
        deadline_penalty: 50_000,
        eod_penalty: 10_000,
      },
      agents: ['BANK_A', 'BANK_B'].map((id) => ({ id, opening_balance: 50_000 })),
      scenario_events: arrivals.map((row) =>
        payment(row.sender, row.receiver, row.amount, row.tick, { deadline: row.deadline - row.tick }),
      ),
    });
    expect([run.outcome.arrivals, run.outcome.settlements]).toEqual([393, 364]);
    expect(eventsOf(run, 'RtgsImmediateSettlement')).toHaveLength(182);
    expect(eventsOf(run, 'Queue2LiquidityRelease')).toHaveLength(182);
    expect(eventsOf(run, 'QueuedRtgs')).toHaveLength(211);
    expect(eventsOf(run, 'TransactionWentOverdue')).toHaveLength(6);
    const [a, b] = run.outcome.agents;
    expect(a?.costs).toMatchObject({ delay: 3_412n, penalty: 310_000n, total: 313_412n });
    expect([a?.balanceCents, b?.balanceCents]).toEqual([34_593n, 65_407n]);
    const lowest = Math.min(...run.ticks.map(({ agents }) => Number(agents[0]?.balanceCents)));
    expect(lowest).toBe(89);
  });
});

describeRealFile('pairwise.db', (file) => {
  it('gives every iteration the costs that are stored for it', async () => {
    const engine = await openNativeEngine(file, { readOnly: true });
    const [config] = await queryRows(engine, sql`SELECT config_json FROM simulations LIMIT 1`, {
      configJson: text,
    });
    const rows = await queryRows(
      engine,
      sql`SELECT CAST(costs_per_agent AS VARCHAR) AS costs, CAST(policies AS VARCHAR) AS policies
          FROM experiment_iterations ORDER BY run_id, iteration`,
      { costs: text, policies: text },
    );
    await engine.close();
    const scenario: ScenarioInput = scenarioConfig.parse(objectOf(config?.configJson ?? ''));
    expect(rows).toHaveLength(29);
    for (const row of rows) {
      const policies = Object.entries(objectOf(row.policies)).filter((entry): entry is [string, JsonObject] =>
        isJsonObject(entry[1]),
      );
      const { agents } = runLab(scenario, Object.fromEntries(policies)).outcome;
      const costs = Object.fromEntries(agents.map((agent) => [agent.agentId, Number(agent.costs.total)]));
      expect(costs).toEqual(objectOf(row.costs));
    }
  });
});

describeRealFile('bootstrap.db', (file) => {
  it('gives every context simulation the cost that is stored for it, its arrivals being replayed', async () => {
    const engine = await openNativeEngine(file, { readOnly: true });
    const runs = await queryRows(
      engine,
      sql`SELECT s.simulation_id, s.total_cost_cents, s.config_json, CAST(i.policies AS VARCHAR) AS policies
          FROM simulations s JOIN experiment_iterations i
            ON i.run_id = s.experiment_run_id AND i.iteration = s.experiment_iteration`,
      { simulationId: text, totalCostCents: money, configJson: text, policies: text },
    );
    await engine.close();
    expect(runs).toHaveLength(28);
    for (const stored of runs) {
      const { agents, ...scenario } = scenarioConfig.parse(objectOf(stored.configJson));
      const arrivals = await arrivalsOf(file, stored.simulationId);
      const policies = Object.entries(objectOf(stored.policies)).filter(
        (entry): entry is [string, JsonObject] => isJsonObject(entry[1]),
      );
      const run = runLab(
        {
          ...scenario,
          agents: agents.map(({ id, opening_balance, liquidity_pool }) => ({
            id,
            opening_balance,
            liquidity_pool,
          })),
          scenario_events: arrivals.map((row) =>
            payment(row.sender, row.receiver, row.amount, row.tick, { deadline: row.deadline - row.tick }),
          ),
        },
        Object.fromEntries(policies),
      );
      expect(run.outcome.totalCostCents).toBe(stored.totalCostCents);
    }
  });
});
