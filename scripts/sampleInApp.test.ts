/** The sample as the app sees it: the browser's engine, the catalogue's relations, the app's own questions. */
import { join } from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';

import { queryRows, text } from '../src/engine/rows.ts';
import { sampleFiles } from '../src/lab/samples/writeSample.ts';
import { sql } from '../src/lib/sql.ts';
import { experimentDetail } from '../src/queries/experimentDetail.ts';
import { experimentList } from '../src/queries/experimentList.ts';
import { runSummary } from '../src/queries/runSummary.ts';
import { fileId, simulationId } from '../src/lib/ids.ts';
import type { Verdict } from '../src/domain/experiment/verdict.ts';
import { ask } from '../src/testing/ask.ts';
import { firstFile, openFixture, type OpenFixture } from '../src/testing/openFixture.ts';
import { samplesFolder } from './paths.ts';
import { ensureSamples } from './sample.ts';

const tenMinutes = 600_000;
const file = fileId('f1');

describe.each(sampleFiles)('$fileName in the app', ({ fileName, experiments }) => {
  let fixture: OpenFixture;

  beforeAll(async () => {
    await ensureSamples();
    fixture = await openFixture(join(samplesFolder, fileName));
  }, tenMinutes);

  it('is of dialect A1', () => {
    expect(fixture.files[0]?.layouts.dialects).toEqual(['A1']);
  });

  it('lists every pass with an honest status and with costs that agree with the stored ones', async () => {
    const list = await ask(fixture.engine, experimentList, firstFile);
    expect(list).toHaveLength(experiments.reduce((sum, { masterSeeds }) => sum + masterSeeds.length, 0));
    for (const experiment of list) {
      const { status, storedConverged, finalCostCents, bestCostCents } = experiment;
      expect(status).toBe(storedConverged === true ? 'converged' : 'budget_exhausted');
      expect([finalCostCents, bestCostCents]).toEqual([
        experiment.storedFinalCostCents,
        experiment.storedBestCostCents,
      ]);
      expect(experiment.iterationCount).toBe(experiment.storedNumIterations);
    }
    expect(new Set(list.map(({ status }) => status))).toEqual(new Set(['converged', 'budget_exhausted']));
  });

  it(
    'judges every proposal as the loop did, and links every run by its columns',
    async () => {
      const kinds = new Set<Verdict>();
      for (const { experimentId } of await ask(fixture.engine, experimentList, firstFile)) {
        const detail = await ask(fixture.engine, experimentDetail, { fileId: file, experimentId });
        const flags = await queryRows(
          fixture.engine,
          sql`SELECT accepted_changes AS flags FROM iterations WHERE experiment_id = ${experimentId}`,
          { flags: text },
        );
        const accepted = flags.reduce((sum, row) => sum + (row.flags.match(/:true/g)?.length ?? 0), 0);
        const verdicts = detail?.proposals.map(({ verdict }) => verdict) ?? [];
        expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(accepted);
        expect(verdicts).not.toContain('pending');
        for (const verdict of verdicts) kinds.add(verdict);
        const runs = detail?.runs ?? [];
        expect(runs).toHaveLength((detail?.iterations.length ?? 0) + 1);
        expect(new Set(runs.map(({ linkedBy }) => linkedBy))).toEqual(new Set(['column']));
        for (const proposal of detail?.proposals ?? []) {
          if (proposal.verdict === 'rejected') expect(proposal.rejectionKind).not.toBe('unknown');
        }
      }
      expect(kinds).toEqual(new Set(['accepted', 'rejected', 'no_change', 'invalid']));
    },
    tenMinutes,
  );

  it(
    'recounts a run of each pass from its events to the stored totals',
    async () => {
      const stored = await queryRows(
        fixture.engine,
        sql`SELECT arg_max(simulation_id, iteration) AS simulation_id FROM simulation_runs GROUP BY experiment_id ORDER BY ALL`,
        { simulationId: text },
      );
      expect(stored).toHaveLength(experiments.reduce((sum, { masterSeeds }) => sum + masterSeeds.length, 0));
      for (const row of stored) {
        const summary = await ask(fixture.engine, runSummary, {
          fileId: file,
          simulationId: simulationId(row.simulationId),
        });
        expect(summary?.totalCostCents).toBe(summary?.run?.totalCostCents);
        expect(summary?.arrivals).toBe(summary?.run?.arrivals);
        expect(summary?.agents.map(({ balances }) => balances?.mismatches)).toEqual(
          summary?.agents.map(() => 0),
        );
      }
    },
    tenMinutes,
  );
});
