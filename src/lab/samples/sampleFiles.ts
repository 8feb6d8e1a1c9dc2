/** The databases that the app ships, as plans: which experiments, which seeds. `writeSample.ts` carries them out. */
import type { ExperimentConfigInput } from '../optimise/experimentConfig.ts';
import type { ScenarioInput } from '../simulator/scenarioConfig.ts';
import { fiveBanks, threePeriods, twelvePeriods, twoPeriods } from './scenarios.ts';

/** Raise it when the plans or what the lab writes change: files of another version are made anew. */
export const samplesVersion = 2;

export interface SampleExperiment {
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
