/** The policies in force, measured: one run of the whole system, and in bootstrap mode many samples of it. */
import { formatSimulationId, type AgentId, type RunPurpose } from '../../lib/ids.ts';
import { cents, type Cents } from '../../lib/units.ts';
import { recordRun, type RecordedRun } from '../record/recordRun.ts';
import { costUnder, costsOnSamples, type Policies } from './compare.ts';
import type { Laboratory } from './laboratory.ts';
import { resample, type ResampledDay } from './resample.ts';
import { iterationSeed } from './seeds.ts';
import { flooredMeanOf } from './statistics.ts';

/** One agent's samples, and what its policy in force costs on each. */
interface AgentSamples {
  readonly samples: readonly ResampledDay[];
  readonly oldCosts: readonly number[];
}

export interface Evaluation {
  readonly run: RecordedRun;
  readonly purpose: RunPurpose;
  readonly seed: number;
  readonly costs: ReadonlyMap<AgentId, Cents>;
  /** Bootstrap mode only. */
  readonly samples: ReadonlyMap<AgentId, AgentSamples>;
}

/** Seed of an iteration's own run: that of the first optimised agent (domain.md 4.4). */
function seedOfRun(lab: Laboratory, iteration: number): number {
  return iterationSeed(lab.config.master_seed, iteration, lab.agents[0] ?? '');
}

/** The run of a purpose, made at the level at which it will be stored. */
export function runFor(
  lab: Laboratory,
  iteration: number,
  purpose: RunPurpose,
  policies: Policies,
): RecordedRun {
  const { experimentId } = lab;
  return recordRun({
    simulationId: formatSimulationId({ experimentId, iteration, purpose }),
    scenario: lab.scenario,
    policies,
    seed: seedOfRun(lab, iteration),
    level: lab.levelFor(purpose),
    clock: lab.clock,
    place: { experimentId, iteration, purpose },
  });
}

export function evaluate(lab: Laboratory, iteration: number, policies: Policies): Evaluation {
  const seed = seedOfRun(lab, iteration);
  if (lab.config.evaluation.mode !== 'bootstrap') {
    const run = runFor(lab, iteration, 'evaluation', policies);
    const costs = new Map(lab.agents.map((agentId) => [agentId, costUnder(run.outcome, agentId).total]));
    return { run, purpose: 'evaluation', seed, costs, samples: new Map() };
  }
  const run = runFor(lab, iteration, 'initial', policies);
  const { num_samples: count } = lab.config.evaluation;
  const samples = new Map(
    lab.agents.map((agentId): [AgentId, AgentSamples] => {
      const drawn = resample(lab.scenario.config, run.outcome, agentId, seed, count);
      const policy = policies.get(agentId);
      if (policy === undefined) throw new Error(`no policy of ${agentId}`);
      return [agentId, { samples: drawn, oldCosts: costsOnSamples(drawn, agentId, policy) }];
    }),
  );
  const costs = new Map(
    [...samples].map(([agentId, { oldCosts }]) => [agentId, cents(flooredMeanOf(oldCosts))]),
  );
  return { run, purpose: 'initial', seed, costs, samples };
}
