import { beforeAll, describe, expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { agentId, fileId, simulationId } from '../../lib/ids.ts';
import { ask } from '../../testing/ask.ts';
import { policyWithFraction } from '../../testing/fixtures/defaults.ts';
import { writeFixture } from '../../testing/fixtures/writeFixture.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { runOutline } from './runOutline.ts';
import { runSeries } from './runSeries.ts';

const scope = { fileId: fileId('f1'), simulationId: simulationId('run') };
const agent = (id: string, rest: object) => ({ id, opening_balance: 500, ...rest });
const settles = (sender: string, receiver: string, amount: number, before: number) => ({
  sender,
  receiver,
  amount,
  sender_balance_before: before,
  sender_balance_after: before - amount,
});
const released = { sender: 'HALF', receiver: 'LATE', amount: 40 };

/**
 * No event tells what was allocated before the first tick. LATE pays at tick 3 for the first time, after it was paid
 * at tick 1; the others never pay.
 */
describe('a run of an experiment whose events say nothing of its pools', () => {
  let engine: Engine;
  beforeAll(async () => {
    const agents = [
      // What its payment records is not what the policy would give: the event counts.
      agent('LATE', { liquidity_pool: 100 }),
      agent('NEVER', { liquidity_pool: 100 }),
      agent('HALF', { liquidity_pool: 101 }),
      agent('SHARE', { liquidity_pool: 1_000, liquidity_allocation_fraction: 0.25 }),
      agent('PLAIN', {}),
      agent('UNKNOWN', { liquidity_pool: 1_000 }),
    ];
    const policies = {
      LATE: policyWithFraction(0.9),
      NEVER: policyWithFraction(0.29),
      HALF: { version: '2.0', policy_id: 'without the parameter', parameters: {} },
    };
    const path = await writeFixture('B-V5', {
      iterations: [
        { iteration: 0, costs: { LATE: 1 }, policies: { NEVER: policyWithFraction(0.5) } },
        { iteration: 1, costs: { LATE: 1 }, policies },
        { iteration: 2, costs: { LATE: 1 }, policies: { NEVER: policyWithFraction(1) } },
      ],
      runs: ['run', 'run-of-a-proposal'].map((id) => ({
        id,
        experiment: 'exp1',
        iteration: 1,
        ticksPerDay: 5,
        configJson: { simulation: { ticks_per_day: 5, num_days: 1 }, agents },
      })),
      simulationEvents: [
        { simulation: 'run', tick: 1, type: 'Queue2LiquidityRelease', tx: 'p', details: released },
        {
          simulation: 'run',
          tick: 3,
          type: 'RtgsImmediateSettlement',
          tx: 'q',
          details: settles('LATE', 'NEVER', 30, 590),
        },
        { simulation: 'run-of-a-proposal', tick: 4, type: 'EndOfDay', details: { day: 0 } },
      ],
    });
    ({ engine } = await openFixture(path));
  });

  const balancesOf = async (id: string) =>
    (await ask(engine, runSeries, { ...scope, metric: 'balance' }))?.lines
      .get(agentId(id))
      ?.map(({ lastCents }) => lastCents);

  test.for([
    ['LATE', 'by the balance that its late payment records', [550n, 590n, 590n, 560n, 560n]],
    // 100 x 0.29 is 28.999... in the arithmetic of the engine, which rounds down.
    ['NEVER', 'by the share of its policy in this iteration', [528n, 528n, 528n, 558n, 558n]],
    ['HALF', 'by a half, which a policy without the parameter commits', [550n, 510n, 510n, 510n, 510n]],
    ['SHARE', 'by the share of the scenario', [750n, 750n, 750n, 750n, 750n]],
    ['PLAIN', 'by the scenario alone: it has no pool', [500n, 500n, 500n, 500n, 500n]],
  ] as const)('%s starts as told %s', async ([id, , balances]) => {
    expect(await balancesOf(id)).toEqual(balances);
  });

  test('an agent of whose pool no share is known has no balance, and that is said', async () => {
    expect(await balancesOf('UNKNOWN')).toBeUndefined();
    expect(await ask(engine, runOutline, scope)).toMatchObject({
      stateSource: 'events',
      gaps: [expect.stringMatching(/^The start balance of UNKNOWN is not known/)],
    });
  });

  test('a run of a proposal does not start from the policies in force: only the scenario counts', async () => {
    const ofProposal = { ...scope, simulationId: simulationId('run-of-a-proposal') };
    const lines = (await ask(engine, runSeries, { ...ofProposal, metric: 'balance' }))?.lines;
    expect([...(lines?.keys() ?? [])]).toEqual(['PLAIN', 'SHARE']);
  });
});
