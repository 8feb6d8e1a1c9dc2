/** The experiment that gets killed: long enough to be hit anywhere, short enough for fifty times. */
import { openNativeEngine } from '../../src/engine/node/nativeEngine.ts';
import { experimentConfig } from '../../src/lab/optimise/laboratory.ts';
import { localSearch } from '../../src/lab/optimise/localSearch.ts';
import { runExperiment } from '../../src/lab/optimise/runExperiment.ts';
import { loadScenario } from '../../src/lab/record/recordRun.ts';
import { toJsonObject } from '../../src/lab/record/toJson.ts';
import { twelvePeriods } from '../../src/lab/samples/writeSample.ts';
import { openUnifiedDatabase } from '../../src/persistence/unifiedDatabase.ts';
import { experimentId } from '../../src/lib/ids.ts';

const killedExperiment = experimentId('killed-20261123-100000-c0ffee');
export const iterationCount = 12;

/** Runs the experiment in the file at `path`, from wherever it stands, to its end. */
export async function runPlan(path: string, onIteration: (iteration: number) => void): Promise<void> {
  const engine = await openNativeEngine(path);
  try {
    await runExperiment(await openUnifiedDatabase(engine), {
      experimentId: killedExperiment,
      config: experimentConfig.parse({
        name: 'killed',
        description: 'Killed in mid-run and continued.',
        master_seed: 7,
        evaluation: { mode: 'bootstrap', num_samples: 10 },
        convergence: { max_iterations: iterationCount, cv_threshold: 1e-9 },
        optimized_agents: ['BANK_A', 'BANK_B'],
      }),
      scenario: loadScenario('twelve-period stochastic', toJsonObject(twelvePeriods)),
      proposer: localSearch(),
      onIteration,
    });
  } finally {
    await engine.close();
  }
}
