import { sql } from '../../lib/sql.ts';
import type { Engine } from '../../engine/engine.ts';
import { openUnifiedDatabase } from '../../persistence/unifiedDatabase.ts';
import { experimentId, type ExperimentId } from '../../lib/ids.ts';
import { naiveTime, type NaiveTime } from '../../schema/naiveTime.ts';
import { experimentConfig, type ExperimentConfigInput } from '../optimise/experimentConfig.ts';
import { localSearch } from '../optimise/localSearch.ts';
import { runExperiment } from '../optimise/runExperiment.ts';
import { jsonHash } from '../record/hash.ts';
import { loadScenario } from '../record/scenario.ts';
import { toJsonObject } from '../record/toJson.ts';
import type { ScenarioInput } from '../simulator/scenarioConfig.ts';
import { fiveBanks, threePeriods, twelvePeriods, twoPeriods } from './scenarios.ts';

/** Counts time instead of reading it: a quarter of a second more at every look, so that files repeat. */
function countingClock(firstMs: number): () => NaiveTime {
  let now = firstMs;
  return () => {
    now += 250;
    return timeAt(now);
  };
}

/** `{name}-{YYYYMMDD}-{HHMMSS}-{6 hex}` (domain.md 4.2). */
function runId(name: string, time: NaiveTime, masterSeed: number): ExperimentId {
  const [date = '', clock = ''] = time.replaceAll(/[-:]/g, '').split('T');
  const hex = jsonHash([name, masterSeed]).slice(0, 6);
  return experimentId(`${name}-${date}-${clock.slice(0, 6)}-${hex}`);
}

interface Pass {
  readonly experiment: SampleExperiment;
  readonly masterSeed: number;
  readonly passStartMs: number;
}

function timeAt(ms: number): NaiveTime {
  return naiveTime(new Date(ms).toISOString().replace('Z', '000'));
}

const startMs = Date.UTC(2026, 2, 2, 9);
/** When the first pass begins. */
export const sampleStart = timeAt(startMs);

/** Passes begin on the hour, one hour after the other. */
function passesOf(file: SampleFile): readonly Pass[] {
  return file.experiments
    .flatMap((experiment) => experiment.masterSeeds.map((masterSeed) => ({ experiment, masterSeed })))
    .map((pass, i) => ({ ...pass, passStartMs: startMs + i * 3_600_000 }));
}

/** Fills an empty database with the experiments of a sample file, stored in full. */
export async function writeSample(
  engine: Engine,
  file: SampleFile,
  onPass?: (id: ExperimentId) => void,
): Promise<void> {
  for (const { experiment, masterSeed, passStartMs } of passesOf(file)) {
    const clock = countingClock(passStartMs);
    const database = await openUnifiedDatabase(engine, { clock });
    const id = runId(experiment.name, timeAt(passStartMs), masterSeed);
    const scenario = loadScenario(experiment.scenarioName, toJsonObject(experiment.scenario));
    await runExperiment(database, {
      experimentId: id,
      config: experimentConfig.parse({
        name: experiment.name,
        description: experiment.description,
        master_seed: masterSeed,
        evaluation: experiment.evaluation,
        convergence: { max_iterations: experiment.maxIterations },
        optimized_agents: scenario.config.agents.map((agent) => agent.id),
      }),
      scenario,
      proposer: localSearch(),
      clock,
      elapsed: () => 0,
    });
    onPass?.(id);
  }
  await engine.query(sql`CHECKPOINT`);
}

/** The databases that the app ships, as plans: which experiments, which seeds. `writeSample.ts` carries them out. */
/** Raise it when the plans or what the lab writes change: files of another version are made anew. */
export const samplesVersion = 2;

interface SampleExperiment {
  readonly name: string;
  readonly description: string;
  readonly scenarioName: string;
  readonly scenario: ScenarioInput;
  readonly evaluation: ExperimentConfigInput['evaluation'];
  readonly maxIterations: number;
  /** One pass of the experiment for each. */
  readonly masterSeeds: readonly number[];
}

export interface SampleFile {
  /** Name in `samples/`; `sample.duckdb` is the one that `?db=sample` opens. */
  readonly fileName: string;
  readonly title: string;
  readonly experiments: readonly SampleExperiment[];
}

const made = 'Made by `npm run sample`; its times are counted from a fixed start, not measured.';

export const sampleFiles: readonly SampleFile[] = [
  {
    fileName: 'sample.duckdb',
    title: 'Three classic scenarios of two banks, and five banks with offsetting; several passes each',
    experiments: [
      {
        name: 'two-period',
        description: `Two periods, known payments, pairs of runs compared. ${made}`,
        scenarioName: 'two-period deterministic',
        scenario: twoPeriods,
        evaluation: { mode: 'deterministic-pairwise' },
        maxIterations: 30,
        masterSeeds: [42, 43, 44],
      },
      {
        name: 'twelve-period',
        description: `Twelve periods, random payments, 50 paired samples for each proposal. ${made}`,
        scenarioName: 'twelve-period stochastic',
        scenario: twelvePeriods,
        evaluation: {
          mode: 'bootstrap',
          num_samples: 50,
          acceptance: { require_statistical_significance: true, max_coefficient_of_variation: 0.5 },
        },
        maxIterations: 25,
        masterSeeds: [42, 43, 44],
      },
      {
        name: 'three-period',
        description: `Three periods, both banks alike, every valid proposal taken. ${made}`,
        scenarioName: 'three-period symmetric',
        scenario: threePeriods,
        evaluation: { mode: 'deterministic-temporal' },
        maxIterations: 20,
        masterSeeds: [42, 43, 44],
      },
      {
        name: 'five-banks',
        description: `Five banks, random payments, offsetting over Queue 2, pairs of runs compared. ${made}`,
        scenarioName: 'five banks with offsetting',
        scenario: fiveBanks,
        evaluation: { mode: 'deterministic-pairwise', acceptance: { min_settlement_rate: 0.8 } },
        maxIterations: 20,
        masterSeeds: [42, 43],
      },
    ],
  },
];
