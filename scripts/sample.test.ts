import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { openNativeEngine } from '../src/engine/node/nativeEngine.ts';
import { int, queryRows, text } from '../src/engine/rows.ts';
import { checkDatabase } from '../src/lab/invariants/checkDatabase.ts';
import { sampleFiles } from '../src/lab/samples/writeSample.ts';
import { sql } from '../src/lib/sql.ts';
import { samplesFolder } from './paths.ts';
import { ensureSamples } from './sample.ts';

const tenMinutes = 600_000;

beforeAll(() => ensureSamples(), tenMinutes);

const pathOf = (fileName: string) => join(samplesFolder, fileName);

describe('the samples together', () => {
  it('are at most 25 MB', () => {
    const sizes = sampleFiles.map(({ fileName }) => statSync(pathOf(fileName)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(25_000_000);
  });
});

describe.each(sampleFiles)('$fileName', ({ fileName, experiments }) => {
  it('has storage version 64, which every engine from 1.0 on reads', () => {
    const header = Buffer.alloc(20);
    const file = openSync(pathOf(fileName), 'r');
    readSync(file, header, 0, 20, 0);
    closeSync(file);
    expect(header.toString('latin1', 8, 12)).toBe('DUCK');
    expect(header.readBigUInt64LE(12)).toBe(64n);
  });

  it(
    'keeps every promise: money integer, each run repeats itself and replays to the cent',
    async () => {
      const engine = await openNativeEngine(pathOf(fileName), { readOnly: true });
      const check = await checkDatabase(engine);
      await engine.close();
      expect(check.violations).toEqual([]);
      expect(check.runsChecked).toBe(238);
      expect(check.eventsChecked).toBe(49_252);
    },
    tenMinutes,
  );

  it('holds several passes of each experiment, with every kind of verdict', async () => {
    const engine = await openNativeEngine(pathOf(fileName), { readOnly: true });
    const passes = await queryRows(
      engine,
      sql`SELECT experiment_name AS name, count(*) AS passes FROM experiments GROUP BY ALL ORDER BY min(created_at)`,
      { name: text, passes: int },
    );
    const verdicts = await queryRows(
      engine,
      sql`SELECT
            count(*) FILTER (WHERE event_type = 'policy_rejected') AS invalid,
            (SELECT count(*) FROM policy_evaluations WHERE accepted) AS accepted,
            (SELECT count(*) FROM policy_evaluations WHERE NOT accepted) AS rejected,
            count(*) FILTER (WHERE event_type = 'llm_interaction' AND event_data LIKE '%"parsing_error":null%'
              AND experiment_id NOT LIKE 'three-period%' AND NOT EXISTS (
                SELECT 1 FROM policy_evaluations e WHERE e.experiment_id = experiment_events.experiment_id
                  AND e.iteration = experiment_events.iteration
                  AND event_data LIKE concat('{"agent_id":"', e.agent_id, '"%'))) AS unchanged,
            (SELECT count(DISTINCT event_type) FROM simulation_events
              WHERE event_type IN ('LsmBilateralOffset', 'LsmCycleSettlement')) AS offsetting
          FROM experiment_events`,
      { invalid: int, accepted: int, rejected: int, unchanged: int, offsetting: int },
    );
    await engine.close();
    expect(passes).toEqual(
      experiments.map(({ name, masterSeeds }) => ({ name, passes: masterSeeds.length })),
    );
    expect(passes.every((row) => row.passes >= 2)).toBe(true);
    const [counts] = verdicts;
    expect(counts?.accepted).toBeGreaterThan(100);
    expect(counts?.rejected).toBeGreaterThan(100);
    expect(counts?.invalid).toBeGreaterThan(10);
    expect(counts?.offsetting).toBe(2);
    // Unchanged proposals have an exchange and nothing else (temporal passes have no evaluations at all).
    expect(counts?.unchanged).toBeGreaterThan(5);
  });
});
