import { beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { toRecordedEvent } from '../../lab/record/recordRun.ts';
import { toJsonObject } from '../../lab/record/toJson.ts';
import { fiveBanks, threePeriods, twelvePeriods, twoPeriods } from '../../lab/samples/writeSample.ts';
import { fileId, simulationId } from '../../lib/ids.ts';
import { openingOf } from '../../domain/replay/replay.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { leaf, labPolicy, runLab, when } from '../../testing/labRun.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { expectReplayed } from '../../testing/replayAgainst.ts';

/** Pays at once, or waits until a payment is due; commits little of the pool or much. */
const policies = [
  [0.05, leaf('Release')],
  [0.4, when('ticks_to_deadline', '<=', 1, leaf('Release'), leaf('Hold'))],
] as const;

const scenarios = { twoPeriods, threePeriods, twelvePeriods, fiveBanks };
const variants = Object.entries(scenarios).flatMap(([name, scenario]) =>
  policies.map(([fraction, tree]) => {
    const policy = labPolicy({
      parameters: { initial_liquidity_fraction: fraction },
      payment_tree: tree,
    });
    const run = runLab(scenario, Object.fromEntries(scenario.agents.map(({ id }) => [id, policy])));
    const { ticks_per_day: perDay, num_days: days } = scenario.simulation;
    return { id: `${name}, ${fraction} committed`, scenario, run, ticks: perDay * days };
  }),
);

describe('the scenarios of the sample', () => {
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
    async ({ id, scenario, run, ticks }) => {
      const opening = openingOf(toJsonObject(scenario));
      if (opening === undefined) throw new Error('not a scenario');
      const scope = { fileId: fileId('f1'), simulationId: simulationId(id) };
      expect(await expectReplayed(engine, scope, opening, run.events.map(toRecordedEvent))).toBe(ticks);
    },
  );
});
