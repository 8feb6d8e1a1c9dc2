/** `npm run bench:run`: a run of a million events taken apart by the browser's engine in Node, and asked for a tick. */
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { simulationId } from '../src/lib/ids.ts';
import { runOutline } from '../src/queries/run/runOutline.ts';
import { tickState } from '../src/queries/run/tickState.ts';
import { ask } from '../src/testing/ask.ts';
import { firstFile, openFixture } from '../src/testing/openFixture.ts';
import { longRun } from './bench/longRunRows.ts';
import { writeLongRun } from './bench/writeDatabase.ts';
import { cacheFolder } from './paths.ts';

await mkdir(cacheFolder, { recursive: true });
const path = join(cacheFolder, longRun.fileName);
if (!existsSync(path)) {
  console.log(`Writing ${longRun.fileName} once ...`);
  await writeLongRun(path);
}
const { engine } = await openFixture(path);
const scope = { ...firstFile, simulationId: simulationId(longRun.simulationId) };

/** Wall clock and processor time of one question. */
async function measure(what: string, asked: () => Promise<unknown>): Promise<void> {
  const [from, before] = [performance.now(), process.cpuUsage()];
  await asked();
  const { user, system } = process.cpuUsage(before);
  const seconds = [(performance.now() - from) / 1e3, (user + system) / 1e6].map((value) => value.toFixed(2));
  console.log(`${what}: ${seconds[0]} s, processor ${seconds[1]} s`);
}

await measure('Run prepared, once', () => ask(engine, runOutline, scope));
await measure('Outline of the prepared run', () => ask(engine, runOutline, scope));
await measure('State of a tick', () => ask(engine, tickState, { ...scope, tick: longRun.ticks - 1 }));
await engine.close();
