import { sql } from '../../lib/sql.ts';
import type { Engine } from '../../engine/engine.ts';
import { openUnifiedDatabase } from '../../persistence/unifiedDatabase.ts';
import { experimentId, type ExperimentId } from '../../lib/ids.ts';
import { naiveTime, type NaiveTime } from '../../lib/storedTime.ts';
import { experimentConfig, type ExperimentConfigInput } from '../optimise/laboratory.ts';
import { localSearch } from '../optimise/localSearch.ts';
import { runExperiment } from '../optimise/runExperiment.ts';
import { jsonHash, toJsonObject } from '../record/toJson.ts';
import { loadScenario } from '../record/recordRun.ts';
import type { ScenarioInput } from '../simulator/scenarioConfig.ts';

/** The three classic scenarios, and one of five banks with offsetting (domain.md 3.7 and 3.8 name their like). */
const rates = (opportunityBps: number): ScenarioInput['cost_rates'] => ({
  liquidity_cost_per_tick_bps: opportunityBps,
  delay_cost_per_tick_per_cent: 0.2,
  overdraft_bps_per_tick: 0,
  collateral_cost_per_tick_bps: 0,
  eod_penalty_per_transaction: 100_000,
  deadline_penalty: 50_000,
  split_friction_cost: 0,
});

function order(from: string, to: string, amount: number, tick: number) {
  return {
    type: 'CustomTransactionArrival' as const,
    from_agent: from,
    to_agent: to,
    amount,
    priority: 5,
    deadline: 2,
    schedule: { type: 'OneTime' as const, tick },
  };
}

function twoBanks(pool: number) {
  return ['BANK_A', 'BANK_B'].map((id) => ({
    id,
    opening_balance: 0,
    unsecured_cap: 0,
    liquidity_pool: pool,
  }));
}

/** Two periods, known payments: B pays first, so A can live on what comes in. */
export const twoPeriods: ScenarioInput = {
  simulation: { ticks_per_day: 2, num_days: 1, rng_seed: 42 },
  deferred_crediting: true,
  deadline_cap_at_eod: true,
  cost_rates: rates(500),
  agents: twoBanks(100_000),
  scenario_events: [
    order('BANK_A', 'BANK_B', 15_000, 1),
    order('BANK_B', 'BANK_A', 15_000, 0),
    order('BANK_B', 'BANK_A', 5_000, 1),
  ],
};

/** Three periods, both banks alike: each pays the same amounts at the same times. */
export const threePeriods: ScenarioInput = {
  simulation: { ticks_per_day: 3, num_days: 1, rng_seed: 42 },
  deferred_crediting: true,
  deadline_cap_at_eod: true,
  cost_rates: rates(333),
  agents: twoBanks(100_000),
  scenario_events: [
    order('BANK_A', 'BANK_B', 20_000, 0),
    order('BANK_B', 'BANK_A', 20_000, 0),
    order('BANK_A', 'BANK_B', 20_000, 1),
    order('BANK_B', 'BANK_A', 20_000, 1),
  ],
};

type Weights = Readonly<Record<string, number>>;

function randomPayer(id: string, weights: Weights, pool: number, rate: number, deadlines: [number, number]) {
  return {
    id,
    opening_balance: 0,
    unsecured_cap: 0,
    liquidity_pool: pool,
    arrival_config: {
      rate_per_tick: rate,
      amount_distribution: { type: 'LogNormal' as const, mean: 10_000, std_dev: 5_000 },
      counterparty_weights: { ...weights },
      deadline_range: deadlines,
    },
  };
}

/** Twelve periods, random payments. */
export const twelvePeriods: ScenarioInput = {
  simulation: { ticks_per_day: 12, num_days: 1, rng_seed: 42 },
  deferred_crediting: true,
  deadline_cap_at_eod: true,
  cost_rates: rates(83),
  agents: [
    randomPayer('BANK_A', { BANK_B: 1 }, 1_000_000, 2, [3, 8]),
    randomPayer('BANK_B', { BANK_A: 1 }, 1_000_000, 2, [3, 8]),
  ],
};

const five = ['ALPINE', 'BALTIC', 'CELTIC', 'DANUBE', 'EXMOOR'];

/** Each bank pays the next one most of the time: rings form in Queue 2, and so do pairs. */
function nextMostly(i: number): Weights {
  return Object.fromEntries(
    five.flatMap((id, j) => (j === i ? [] : [[id, j === (i + 1) % five.length ? 6 : 1]])),
  );
}

/** Five banks over two days; both kinds of offsetting over Queue 2. */
export const fiveBanks: ScenarioInput = {
  simulation: { ticks_per_day: 10, num_days: 2, rng_seed: 42 },
  cost_rates: {
    ...rates(40),
    delay_cost_per_tick_per_cent: 0.002,
    deadline_penalty: 500,
    eod_penalty_per_transaction: 2_000,
  },
  lsm_config: { enable_bilateral: true, enable_cycles: true, max_cycle_length: 5 },
  agents: five.map((id, i) => randomPayer(id, nextMostly(i), 150_000, 1.2, [2, 6])),
};

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
