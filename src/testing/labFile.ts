/** Files that the lab writes, for tests of what is done with them. */
import { mkdtempSync } from 'node:fs';
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

/** A file of the unified schema with runs in which everything happens; `damage` is done to it afterwards. */
export async function writeLabFile(
  runs: readonly LabFileRun[],
  damage: readonly Sql[] = [],
  file = path.join(mkdtempSync(path.join(tmpdir(), 'iterscope-lab-')), 'lab.duckdb'),
): Promise<string> {
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
  for (const statement of damage) await engine.query(statement);
  await engine.close();
  return file;
}
