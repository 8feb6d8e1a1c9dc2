import { afterAll, expect, test } from 'vitest';

import { healthJson } from '../../src/domain/health/export.ts';
import type { HealthReport } from '../../src/domain/health/report.ts';
import { bootBlockingEngine } from '../../src/engine/wasm/blockingEngine.ts';
import { fileId } from '../../src/lib/ids.ts';
import { sql } from '../../src/lib/sql.ts';
import { writeLabFile } from '../../src/testing/labFile.ts';
import { openFixtureOn } from '../../src/testing/openFixture.ts';
import { testRealFiles } from '../../src/testing/realFile.ts';
import { checkFile, reportOn } from './check.ts';

const engine = await bootBlockingEngine();
afterAll(() => engine.close());

/** From the shell, after it was found to be what the browser's engine gives, to the last sign. */
async function checked(path: string): Promise<HealthReport> {
  const report = await checkFile(path);
  if (!report.ok) throw new Error(report.error.what);
  await openFixtureOn(engine, path);
  const inBrowser = await reportOn(engine, fileId('f1'), report.value.file);
  const made = { appVersion: '9.9.9', at: '2026-11-27T12:00:00Z' };
  expect(healthJson([inBrowser], made)).toBe(healthJson([report.value], made));
  return report.value;
}

const outcomes = (report: HealthReport) =>
  report.sections
    .find(({ code }) => code === 'invariants')
    ?.checks.map(({ code, outcome, count }) => `${code} ${outcome} ${count}`);

test('runs of the lab are simulated again: all four promises hold, by name', async () => {
  const report = await checked(await writeLabFile([{ id: 'one' }, { id: 'two', seed: 12 }]));
  expect(outcomes(report)).toEqual(['INV-1 ok 0', 'INV-2 ok 0', 'INV-5 ok 0', 'INV-6 ok 0']);
  expect(report).toMatchObject({ outcome: 'ok', words: 'Consistent' });
  expect(report.file).toMatchObject({ storageVersion: '64' });
  expect(report.sentence).toContain(
    'Of 2 runs of Iterscope’s lab, simulated again, 2 come out event by event as stored (INV-2, INV-5); what is stored beside the events follows from them (INV-6).',
  );
});

test('one changed event breaks INV-5 and, where rows stand beside it, INV-6', async () => {
  const report = await checked(
    await writeLabFile(
      [{ id: 'one' }, { id: 'two', seed: 12 }],
      [
        sql`UPDATE simulation_events SET details = replace(details, '"amount":', '"amount":1') WHERE event_id =
          (SELECT min_by(event_id, rowid) FROM simulation_events WHERE event_type = 'Arrival' AND simulation_id = 'one')`,
      ],
    ),
  );
  const [money, repeats, stored, complete] = outcomes(report) ?? [];
  expect([money, repeats, stored]).toEqual(['INV-1 ok 0', 'INV-2 ok 0', 'INV-5 contradiction 1']);
  expect(complete).toMatch(/^INV-6 contradiction /);
  expect(report.outcome).toBe('contradiction');
});

testRealFiles(['near-deadline.db'], 'a run of the original is not simulated again', async (path) => {
  const report = await checked(path);
  expect(report).toMatchObject({ outcome: 'ok', words: 'Consistent' });
  expect(outcomes(report)).toEqual(['INV-1 ok 0', 'INV-2 unknown 0', 'INV-5 unknown 0', 'INV-6 unknown 0']);
});
