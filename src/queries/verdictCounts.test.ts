import path from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { bootBlockingEngine, type BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { countVerdicts } from '../domain/experiment/verdict.ts';
import { fileId } from '../lib/ids.ts';
import type { VerdictCounts } from '../domain/experiment/normalised.ts';
import { ask } from '../testing/ask.ts';
import { firstFile, openFixtureOn } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { deskQueue } from './deskQueue.ts';
import { experimentDetail } from './experimentDetail.ts';
import { listDetails } from './listDetails.ts';

let engine: BlockingEngine;
beforeAll(async () => {
  engine = await bootBlockingEngine();
});

/** The counts of each experiment as list, experiment page and desk count them. */
async function countsOf(file: string): Promise<Record<'list' | 'page' | 'desk', VerdictCounts>[]> {
  await openFixtureOn(engine, file);
  const desk = await ask(engine, deskQueue, { fileId: fileId('f1') });
  const found = [];
  for (const { experimentId, counts } of await ask(engine, listDetails, firstFile)) {
    const detail = await ask(engine, experimentDetail, { fileId: fileId('f1'), experimentId });
    const entries = desk.find((one) => one.experimentId === experimentId)?.entries ?? [];
    found.push({
      list: counts,
      page: countVerdicts(detail?.proposals ?? []),
      desk: countVerdicts(entries.map(({ proposal }) => proposal)),
    });
  }
  return found;
}

describeRealFile('bootstrap.db', (file) => {
  test('list, page and desk count alike', async () => {
    const counts = await countsOf(file);
    const none = { noChange: 0, pending: 0 };
    expect(counts.map(({ list }) => list)).toEqual([
      { accepted: 14, rejected: 10, invalid: 2, ...none },
      { accepted: 19, rejected: 5, invalid: 2, ...none },
    ]);
    for (const { list, page, desk } of counts) expect([page, desk]).toEqual([list, list]);
  });
});

/** Files of every layout and mode, killed and crashed ones too. */
const others = [
  'exp1-20251215.db',
  'exp2-20251215.db',
  'unified.db',
  'pairwise.db',
  'lsm-pairwise.db',
  'near-deadline.db',
  'crashed.db',
];
for (const name of others) {
  describeRealFile(name, (file) => {
    test('list, page and desk count alike', async () => {
      for (const { list, page, desk } of await countsOf(file)) expect([page, desk]).toEqual([list, list]);
    });
  });
}

test('list, page and desk count alike in the sample', async () => {
  const counts = await countsOf(path.resolve('public/samples/sample.duckdb'));
  expect(counts.length).toBeGreaterThan(1);
  expect(counts.some(({ list }) => list.rejected > 0)).toBe(true);
  for (const { list, page, desk } of counts) expect([page, desk]).toEqual([list, list]);
});
