import path from 'node:path';

import { beforeAll, expect, test } from 'vitest';

import { contradictionSentence, subjectWords } from '../domain/contradictions/sentences.ts';
import { bootBlockingEngine, type BlockingEngine } from '../engine/wasm/blockingEngine.ts';
import { fileId } from '../lib/ids.ts';
import { ask } from '../testing/ask.ts';
import { openFixtureOn } from '../testing/openFixture.ts';
import { describeRealFile } from '../testing/realFile.ts';
import { contradictions } from './fileFindings.ts';

let engine: BlockingEngine;
beforeAll(async () => {
  engine = await bootBlockingEngine();
});

async function sentencesOf(file: string): Promise<string[]> {
  await openFixtureOn(engine, file);
  const answers = await ask(engine, contradictions, { fileId: fileId('f1') });
  return answers.flatMap(({ experimentId, found }) =>
    found.map(
      (one) => `${experimentId}: ${subjectWords(one.subject)}: ${one.code}: ${contradictionSentence(one)}`,
    ),
  );
}

// Habits of the original writer are in all of them: flags that are all false, seeds of 0, intervals of the new cost.
const clean = [
  'pairwise.db',
  'bootstrap.db',
  'unified.db',
  'exp1-20251215.db',
  'exp2-20251215.db',
  'crashed.db',
  'near-deadline.db',
  'lsm-pairwise.db',
  'lsm4.db',
  'offsets.db',
  'replay.db',
  'bank-side.db',
  'killed.db',
];

for (const name of clean) {
  describeRealFile(name, (file) => {
    test('holds no contradiction', async () => {
      expect(await sentencesOf(file)).toEqual([]);
    });
  });
}

test('the sample holds no contradiction', async () => {
  expect(await sentencesOf(path.resolve('public/samples/sample.duckdb'))).toEqual([]);
});
