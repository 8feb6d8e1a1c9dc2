import { expect, test } from 'vitest';

import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { bootBlockingEngine } from '../../engine/wasm/blockingEngine.ts';
import { sql } from '../../lib/sql.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixtureOn } from '../../testing/openFixture.ts';

const engine = await bootBlockingEngine();

test.for(['A1', 'B-V5', 'simulation-only'] as const)(
  '%s: ties of the clock keep the order of writing (7.1)',
  async (layout) => {
    const at = '2026-01-01T00:00:00';
    const simulationEvents = [
      { simulation: 's', tick: 1, type: 'Arrival', tx: 'z', details: '{"amount": 1}', at },
      { simulation: 's', tick: 0, type: 'EndOfDay', at },
      { simulation: 's', tick: 1, type: 'PolicySubmit', agent: 'A', tx: 'a', at },
      { simulation: 's', tick: 1, type: 'CostAccrual', agent: 'A', at: '2026-01-01T00:00:00.000001' },
    ];
    await openFixtureOn(engine, await writeFixture(layout, { simulationEvents }));
    const rows = await queryRows(
      engine,
      sql`SELECT * REPLACE (replace(event_timestamp::VARCHAR, ' ', 'T') AS event_timestamp) FROM simulation_events
        WHERE simulation_id = 's' ORDER BY tick, simulation_events.event_timestamp, row_order`,
      {
        tick: int,
        eventTimestamp: text,
        rowOrder: int,
        eventType: text,
        agentId: nullable(text),
        txId: nullable(text),
        details: text,
      },
    );
    expect(rows).toEqual([
      {
        tick: 0,
        eventTimestamp: at,
        rowOrder: 1,
        eventType: 'EndOfDay',
        agentId: undefined,
        txId: undefined,
        details: '{}',
      },
      {
        tick: 1,
        eventTimestamp: at,
        rowOrder: 0,
        eventType: 'Arrival',
        agentId: undefined,
        txId: 'z',
        details: '{"amount": 1}',
      },
      {
        tick: 1,
        eventTimestamp: at,
        rowOrder: 2,
        eventType: 'PolicySubmit',
        agentId: 'A',
        txId: 'a',
        details: '{}',
      },
      {
        tick: 1,
        eventTimestamp: `${at}.000001`,
        rowOrder: 3,
        eventType: 'CostAccrual',
        agentId: 'A',
        txId: undefined,
        details: '{}',
      },
    ]);
  },
);

test.for(['A1', 'B-V5'] as const)('%s: a filter on the run reaches the table’s own scan', async (layout) => {
  const simulationEvents = [{ simulation: 's', tick: 0, type: 'Arrival' }];
  await openFixtureOn(engine, await writeFixture(layout, { simulationEvents }));
  const plan = await engine.query(
    sql`EXPLAIN SELECT details FROM simulation_events WHERE simulation_id = 's' AND file_id = 'f1'`,
  );
  const drawn = String(plan.cell(plan.columns.indexOf('explain_value'), 0));
  expect(drawn).toMatch(/Filters:[\s│]*simulation_id='s'/);
  // What may stand above the scan is the test that a tick fits.
  expect(drawn).not.toMatch(/FILTER[\s│─]*\(*simulation_id/);
});
