/** Lives of payments of a real run whose offsets were refused: where they wait, and what that cost. */
import { expect, test } from 'vitest';

import { fileId, simulationId } from '../../lib/ids.ts';
import { ask } from '../../testing/ask.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { describeRealFile } from '../../testing/realFile.ts';
import { paymentLife } from './paymentLife.ts';
import { paymentPage } from './runPayments.ts';

describeRealFile('lsm4.db', (path) => {
  test('a refused offset leaves a payment in Queue 2, an inferred settlement ends its wait', async () => {
    const { engine } = await openFixture(path);
    const scope = { fileId: fileId('f1'), simulationId: simulationId('sim-a217e5d2') };
    const payments = await ask(engine, paymentPage, { ...scope, filter: {}, offset: 0, limit: 1_000 });
    const inferred = payments.filter(({ settledBy }) => settledBy === 'inferred');
    expect(inferred).toHaveLength(9);
    for (const { txId, arrivalTick = 0, settlementTick = 0 } of inferred) {
      const life = await ask(engine, paymentLife, { ...scope, txId });
      expect(life?.cost.waitedTicks).toBe(settlementTick - arrivalTick);
    }
    const waiting = payments.filter(({ status }) => status !== 'settled');
    expect(waiting).toHaveLength(15);
    for (const { txId, arrivalTick = 0 } of waiting) {
      const life = await ask(engine, paymentLife, { ...scope, txId });
      expect([txId, life?.cost.waitedTicks]).toEqual([txId, 40 - arrivalTick]);
    }
  }, 60_000);
});
