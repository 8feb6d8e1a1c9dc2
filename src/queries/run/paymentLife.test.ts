import { beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { toRecordedEvent } from '../../lab/record/recordRun.ts';
import { transactionRows } from '../../lab/record/recordRun.ts';
import { toJsonObject } from '../../lab/record/toJson.ts';
import { fileId, simulationId } from '../../lib/ids.ts';
import { ask } from '../../testing/ask.ts';
import { busyPolicies, busyScenario } from '../../testing/busyScenario.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { runLab } from '../../testing/labRun.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { paymentLife } from './paymentLife.ts';
import { tickState } from './tickState.ts';

const scenario = busyScenario(5);
const run = runLab(scenario, busyPolicies);
const events = run.events.map((event) => {
  const { tick, eventType, agentId: agent, txId: tx, details } = toRecordedEvent(event);
  return { tick, type: eventType, agent: agent ?? null, tx: tx ?? null, details };
});

describe('the life of a payment', () => {
  let engine: Engine;
  beforeAll(async () => {
    const path = await writeFixture('simulation-only', {
      runs: [
        { id: 'rates', isLab: true, configJson: toJsonObject(scenario) },
        { id: 'bare', isLab: true },
      ],
      simulationEvents: ['rates', 'bare'].flatMap((simulation) =>
        events.map((event) => ({ simulation, ...event })),
      ),
    });
    ({ engine } = await openFixture(path));
  });
  const lifeOf = (txId: string, id = 'rates') =>
    ask(engine, paymentLife, { fileId: fileId('f1'), simulationId: simulationId(id), txId });
  const stored = [...transactionRows(run.outcome, 12)];

  test('waiting, its cost and the end of every payment are what the simulator counted', async () => {
    const chosen = stored.filter((row, place) => place % 4 === 0 || row.parentTxId !== undefined);
    expect(chosen.filter(({ delayCostCents }) => delayCostCents > 0n).length).toBeGreaterThan(10);
    for (const row of chosen) {
      const life = await lifeOf(row.txId);
      expect([row.txId, life?.cost.delayCents]).toEqual([row.txId, row.delayCostCents]);
      expect([row.txId, life?.cost.waitedTicks]).toEqual([row.txId, row.queue1Ticks + row.queue2Ticks]);
      expect([row.txId, life?.payment.parentTxId]).toEqual([row.txId, row.parentTxId]);
    }
  });

  test('while it waits, what its bank holds and pays instead is what the simulator did', async () => {
    const split = new Set(stored.flatMap(({ parentTxId }) => parentTxId ?? []));
    const waiting = stored.filter((row) => row.queue1Ticks + row.queue2Ticks > 3 && !split.has(row.txId));
    expect(waiting.length).toBeGreaterThan(3);
    for (const row of waiting.slice(0, 6)) {
      const life = await lifeOf(row.txId);
      const ticks = life?.waits?.ticks ?? [];
      expect(ticks.length).toBeGreaterThan(0);
      for (const { tick, balanceCents, paidInstead } of ticks) {
        const state = await ask(engine, tickState, {
          fileId: fileId('f1'),
          simulationId: simulationId('rates'),
          tick,
        });
        const bank = state?.agents.find(({ agentId }) => agentId === life?.payment.sender);
        expect([tick, balanceCents]).toEqual([tick, bank?.balanceCents]);
        const paid = stored.filter(
          (other) =>
            other.senderId === row.senderId &&
            other.txId !== row.txId &&
            other.settlementTick === tick &&
            !split.has(other.txId),
        );
        expect([row.txId, tick, paidInstead?.payments]).toEqual([row.txId, tick, paid.length]);
      }
    }
  });

  test('a held payment tells why, a split one its parts, and its part the whole', async () => {
    const hold = events.find(({ type }) => type === 'PolicyHold');
    const held = await lifeOf(hold?.tx ?? '');
    expect(held?.steps.find(({ event }) => event.eventType === 'PolicyHold')?.reason).toBe(
      hold?.details.reason,
    );
    const split = events.find(({ type }) => type === 'PolicySplit');
    const whole = await lifeOf(split?.tx ?? '');
    expect(whole?.parts.map(({ txId }) => txId)).toEqual(split?.details.child_ids);
    const part = await lifeOf(whole?.parts[0]?.txId ?? '');
    expect(part?.partOf?.txId).toBe(split?.tx);
    expect(part?.steps[0]).toMatchObject({ ticksSince: 0, waitsIn: 'queue 1' });
  });

  test('without stored rates the cost is not recorded, and said to be so', async () => {
    const costly = stored.find(({ delayCostCents }) => delayCostCents > 0n);
    const life = await lifeOf(costly?.txId ?? '', 'bare');
    expect(life?.cost.delayCents).toBeUndefined();
    expect(life?.cost.why).toMatch(/not recorded/);
    expect(await lifeOf('nobody')).toBeUndefined();
  });
});
