/** Files that the lab writes, for tests of what is done with them. */
import { mkdtempSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { openNativeEngine } from '../engine/node/nativeEngine.ts';
import { loadScenario, recordRun, type AgentPolicy } from '../lab/record/recordRun.ts';
import { toJsonObject } from '../lab/record/toJson.ts';
import type { ScenarioInput } from '../lab/simulator/scenarioConfig.ts';
import type { Sql } from '../lib/sql.ts';
import { openUnifiedDatabase } from '../persistence/unifiedDatabase.ts';
import { describeProblems, loadPolicy } from '../domain/policy/interpret/loadPolicy.ts';
import { simulationId } from '../lib/ids.ts';
import { defaultPersistencePolicy, type PersistenceLevel } from '../persistence/simulationPersister.ts';
import { busyPolicies, busyScenario } from './busyScenario.ts';
import { stoppedClock } from './labClock.ts';

export interface LabFileRun {
  readonly id: string;
  readonly seed?: number;
  readonly level?: PersistenceLevel;
  /** Default: the busy one. */
  readonly scenario?: ScenarioInput;
}

function loadedPolicies(): ReadonlyMap<string, AgentPolicy> {
  return new Map(
    Object.entries(busyPolicies).map(([agent, json]) => {
      const loaded = loadPolicy(json);
      if (!loaded.ok) throw new Error(describeProblems(loaded.error));
      return [agent, { json, loaded: loaded.value }];
    }),
  );
}

/** By its runs: played and written once in a process. */
const sound = new Map<string, Promise<string>>();

const newPath = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'iterscope-lab-')), 'lab.duckdb');

/** A file of the unified schema with runs in which everything happens; `damage` is done to it afterwards. */
export async function writeLabFile(
  runs: readonly LabFileRun[],
  damage: readonly Sql[] = [],
  file = newPath(),
): Promise<string> {
  const key = JSON.stringify(runs);
  const written = sound.get(key) ?? writeRuns(runs, newPath());
  sound.set(key, written);
  await copyFile(await written, file);
  if (damage.length === 0) return file;
  const engine = await openNativeEngine(file);
  await engine.run(damage);
  await engine.close();
  return file;
}

async function writeRuns(runs: readonly LabFileRun[], file: string): Promise<string> {
  const engine = await openNativeEngine(file);
  for (const { id, seed = 11, level = 'full', scenario: input = busyScenario(seed) } of runs) {
    const policy = { ...defaultPersistencePolicy, simulationPersistence: level };
    const { simulations } = await openUnifiedDatabase(engine, { policy, clock: stoppedClock });
    const scenario = loadScenario('busy', toJsonObject(input));
    const run = recordRun({
      simulationId: simulationId(id),
      scenario,
      policies: loadedPolicies(),
      seed,
      level,
      clock: stoppedClock,
    });
    await simulations.save(run.record);
  }
  await engine.close();
  return file;
}
