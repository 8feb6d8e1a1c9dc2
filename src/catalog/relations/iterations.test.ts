import { expect, test } from 'vitest';

import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { bootBlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { sql } from '../../lib/sql.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../../testing/openFixture.ts';

const engine = await bootBlockingEngine();

test.for(['A1', 'A2', 'B-V2'] as const)(
  '%s: JSON is text as stored, the iteration is an int, only A names its run (11.9)',
  async (layout) => {
    const policies = '{"BANK_A":  {"parameters": {"x": 1e3, "y": NaN}}}';
    const iteration = {
      iteration: 7,
      costs: '{"BANK_A": 1}',
      accepted: { BANK_A: true },
      // DuckDB's JSON type refuses NaN; the text columns of A1 hold whatever Python wrote (11.14).
      policies: layout === 'A1' ? policies : policies.replace('NaN', 'null'),
      at: '2026-01-01T00:00:00.000001',
      evaluationSimulationId: 'exp1-iter7-evaluation',
    };
    await openFixtureOn(engine, await writeFixture(layout, { iterations: [iteration] }));
    const rows = await queryRows(engine, sql`FROM iterations`, {
      experimentId: text,
      iteration: int,
      costsPerAgent: text,
      acceptedChanges: text,
      policies: text,
      recordedAt: text,
      evaluationSimulationId: nullable(text),
    });
    expect(rows).toEqual([
      {
        experimentId: 'exp1',
        iteration: 7,
        costsPerAgent: '{"BANK_A": 1}',
        acceptedChanges: '{"BANK_A": true}',
        policies: iteration.policies,
        recordedAt: '2026-01-01T00:00:00.000001',
        evaluationSimulationId: layout === 'B-V2' ? undefined : 'exp1-iter7-evaluation',
      },
    ]);
  },
);

test.for(['A1', 'A2', 'B-V2'] as const)(
  '%s: events in insertion order with their ids (3.4)',
  async (layout) => {
    const events = [
      { id: 3, iteration: 0, type: 'evaluation', data: { total_cost: 1 } },
      { id: 9, iteration: 1, type: 'llm_interaction', data: '{"agent_id": "A"}' },
    ];
    await openFixtureOn(engine, await writeFixture(layout, { events }));
    const rows = await queryRows(
      engine,
      sql`SELECT experiment_id, event_id, iteration, event_type, event_data FROM experiment_events ORDER BY event_id`,
      { experimentId: text, eventId: int, iteration: int, eventType: text, eventData: text },
    );
    expect(rows).toEqual([
      {
        experimentId: 'exp1',
        eventId: 3,
        iteration: 0,
        eventType: 'evaluation',
        eventData: '{"total_cost": 1}',
      },
      {
        experimentId: 'exp1',
        eventId: 9,
        iteration: 1,
        eventType: 'llm_interaction',
        eventData: '{"agent_id": "A"}',
      },
    ]);
  },
);
