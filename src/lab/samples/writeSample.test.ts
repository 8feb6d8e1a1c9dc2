import { expect, it } from 'vitest';

import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import { firstDifference, tableContents } from '../invariants/tableContents.ts';
import { sampleFiles, type SampleFile } from './writeSample.ts';
import { writeSample } from './writeSample.ts';

/** One pass of the quickest experiment. */
function small(): SampleFile {
  const [file] = sampleFiles;
  const experiment = file?.experiments.find(({ name }) => name === 'two-period');
  if (file === undefined || experiment === undefined) throw new Error('no such sample');
  return { ...file, experiments: [{ ...experiment, maxIterations: 6, masterSeeds: [42] }] };
}

async function written(file: SampleFile) {
  const engine = await openNativeEngine();
  await writeSample(engine, file);
  const contents = await tableContents(engine);
  await engine.close();
  return contents;
}

it('writes the same rows every time', async () => {
  const first = await written(small());
  expect(first.get('experiment_iterations')?.length).toBe(6);
  expect(first.get('simulation_events')?.length).toBeGreaterThan(100);
  expect(firstDifference(first, await written(small()))).toBeUndefined();
});

it('sees a difference when there is one', async () => {
  const [first, other] = [await written(small()), new Map(await written(small()))];
  other.set('transactions', (other.get('transactions') ?? []).slice(1));
  expect(firstDifference(first, other)).toMatch(/^transactions, row 0: /);
});
