import { beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { toRecordedEvent } from '../../lab/record/recordRun.ts';
import { toJsonObject } from '../../lab/record/toJson.ts';
import { agentId, fileId, simulationId } from '../../lib/ids.ts';
import { openingOf } from '../../domain/replay/replay.ts';
import { ask } from '../../testing/ask.ts';
import { busyPolicies, busyScenario } from '../../testing/busyScenario.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { runLab } from '../../testing/labRun.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { expectReplayed } from '../../testing/replayAgainst.ts';
import { runSummary } from '../runSummary.ts';
import { runOutline } from './runOutline.ts';

/** Runs in which everything happens, several days, with and without offsetting and deferred crediting. */
const variants = [1, 2, 3, 4].map((seed) => {
  const scenario = busyScenario(seed, {
    simulation: { ticks_per_day: 12, num_days: 3, rng_seed: seed },
    deferred_crediting: seed % 2 === 0,
    ...(seed > 2 ? { lsm_config: {}, entry_disposition_offsetting: false } : {}),
  });
  return { id: `busy-${seed}`, scenario, run: runLab(scenario, busyPolicies) };
});
const scopeOf = (id: string) => ({ fileId: fileId('f1'), simulationId: simulationId(id) });

describe('runs in which everything happens', () => {
  let engine: Engine;
  beforeAll(async () => {
    const path = await writeFixture('simulation-only', {
      runs: variants.map(({ id, scenario }) => ({ id, configJson: toJsonObject(scenario), isLab: true })),
      simulationEvents: variants.flatMap(({ id, run }) =>
        run.events.map((event) => {
          const { tick, eventType, agentId: agent, txId: tx, details } = toRecordedEvent(event);
          return { simulation: id, tick, type: eventType, agent: agent ?? null, tx: tx ?? null, details };
        }),
      ),
    });
    ({ engine } = await openFixture(path));
  });

  test.for(variants)(
    '$id: every tick is what the independent replay finds',
    async ({ id, scenario, run }) => {
      const opening = openingOf(toJsonObject(scenario));
      if (opening === undefined) throw new Error('not a scenario');
      expect(await expectReplayed(engine, scopeOf(id), opening, run.events.map(toRecordedEvent))).toBe(36);
    },
  );

  test.for(variants)(
    '$id: the summary has no mismatch and the simulator’s own totals',
    async ({ id, run }) => {
      const summary = await ask(engine, runSummary, scopeOf(id));
      expect(summary?.agents.map(({ balances }) => balances?.mismatches)).toEqual([0, 0, 0, 0]);
      expect(summary?.totalCostCents).toBe(run.outcome.totalCostCents);
      const outline = await ask(engine, runOutline, scopeOf(id));
      expect(outline?.agents).toEqual(['BANK_A', 'BANK_B', 'BANK_C', 'BANK_D'].map(agentId));
    },
  );
});
