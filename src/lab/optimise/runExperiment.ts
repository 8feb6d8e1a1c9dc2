import { canonicalJson, type JsonObject } from '../../lib/json.ts';
import type { UnifiedDatabase } from '../../persistence/unifiedDatabase.ts';
import { agentId, formatSimulationId, type AgentId, type ExperimentId } from '../../lib/ids.ts';
import { naiveTimeOf, type NaiveTime } from '../../lib/storedTime.ts';
import type { Scenario } from '../record/recordRun.ts';
import { toJsonObject } from '../record/toJson.ts';
import type { Policies } from './compare.ts';
import { stopOf, type LoopEnd } from './convergence.ts';
import { runFor } from './evaluate.ts';
import { runIteration } from './iterate.ts';
import { defaultPolicy, type LabExperimentConfig, type Laboratory } from './laboratory.ts';
import { policiesAfter, progressOf, requirePolicy, type Memory } from './memory.ts';
import type { Proposer } from './proposer.ts';

export interface ExperimentRequest {
  readonly experimentId: ExperimentId;
  readonly config: LabExperimentConfig;
  readonly scenario: Scenario;
  readonly proposer: Proposer;
  /** By agent id, instead of the default policy. */
  readonly initialPolicies?: ReadonlyMap<string, JsonObject>;
  readonly clock?: () => NaiveTime;
  readonly elapsed?: () => number;
  /** After each iteration is stored. */
  readonly onIteration?: (iteration: number) => void;
}

export interface ExperimentResult extends LoopEnd {
  readonly iterations: number;
}

/** As stored: the keys of domain.md 3.7, and what they leave out, so that the run can be repeated. */
function storedConfig(request: ExperimentRequest): JsonObject {
  const { config, scenario, proposer } = request;
  const { ticks_per_day: ticksPerDay, num_days: days } = scenario.config.simulation;
  return toJsonObject({
    name: config.name,
    description: config.description,
    scenario_path: scenario.name,
    master_seed: config.master_seed,
    evaluation: { ...config.evaluation, ticks: ticksPerDay * days },
    convergence: config.convergence,
    optimized_agents: config.optimized_agents,
    proposer: { model: proposer.model },
    scenario: scenario.json,
  });
}

function startingPolicies(request: ExperimentRequest, agents: readonly AgentId[]): Policies {
  return new Map(
    agents.map((id) => [id, requirePolicy(request.initialPolicies?.get(id) ?? defaultPolicy(id))]),
  );
}

/** Makes the experiment, or checks that the one to go on with is the same one. */
async function begin(database: UnifiedDatabase, request: ExperimentRequest, now: NaiveTime): Promise<Memory> {
  const { experimentId, config, scenario } = request;
  const { experiments } = database;
  const known = await experiments.load(experimentId);
  const wanted = storedConfig(request);
  if (known === undefined) {
    await experiments.create({
      experimentId,
      experimentName: config.name,
      experimentType: 'generic',
      config: wanted,
      scenarioPath: scenario.name,
      masterSeed: BigInt(config.master_seed),
      createdAt: now,
    });
  } else if (canonicalJson(known.config) !== canonicalJson(wanted)) {
    throw new Error(`experiment ${experimentId} was begun with another configuration`);
  }
  return {
    iterations: await experiments.loadIterations(experimentId),
    events: await experiments.loadEvents(experimentId),
    evaluations: await experiments.loadEvaluations(experimentId),
  };
}

/** How the experiment ended, if it has. */
async function endOf(database: UnifiedDatabase, id: ExperimentId): Promise<ExperimentResult | undefined> {
  const stored = await database.experiments.load(id);
  if (stored?.completedAt === undefined) return undefined;
  const { converged, convergenceReason: reason = '', numIterations: iterations } = stored;
  return { converged, reason, iterations };
}

/** The last policies once more, as a run of its own that is always kept. */
async function storeFinalRun(database: UnifiedDatabase, lab: Laboratory, policies: Policies, last: number) {
  const { experimentId } = lab;
  const id = formatSimulationId({ experimentId, iteration: last, purpose: 'final' });
  if (lab.levelFor('final') === 'none' || (await database.simulations.loadRun(id)) !== undefined) return;
  await database.simulations.save(runFor(lab, last, 'final', policies).record);
}

/**
 * Runs an experiment to its end, from the beginning or from where the stored rows leave off. Each iteration is
 * stored as a whole before the next one starts.
 */
export async function runExperiment(
  database: UnifiedDatabase,
  request: ExperimentRequest,
): Promise<ExperimentResult> {
  const { config } = request;
  const clock = request.clock ?? (() => naiveTimeOf(new Date()));
  const lab: Laboratory = {
    experimentId: request.experimentId,
    config,
    agents: config.optimized_agents.map(agentId),
    scenario: request.scenario,
    proposer: request.proposer,
    clock,
    elapsed: request.elapsed ?? (() => performance.now() / 1000),
    levelFor: (purpose) => database.simulations.levelFor(purpose),
  };
  let memory = await begin(database, request, clock());
  const ended = await endOf(database, request.experimentId);
  if (ended !== undefined) return ended;
  for (;;) {
    const stop = stopOf(config.evaluation.mode, progressOf(memory, lab.agents), config.convergence);
    const last = memory.iterations.at(-1);
    if (stop !== undefined && last !== undefined) {
      const evaluated = new Map([...last.policies].map(([agent, json]) => [agent, requirePolicy(json)]));
      await storeFinalRun(database, lab, evaluated, last.iteration);
      const { converged, reason } = stop;
      const end = { completedAt: clock(), converged, convergenceReason: reason };
      await database.experiments.complete(request.experimentId, end);
      return { ...stop, iterations: memory.iterations.length };
    }
    const policies = policiesAfter(memory) ?? startingPolicies(request, lab.agents);
    const bundle = await runIteration(lab, memory, policies);
    await database.experiments.saveIteration(bundle);
    memory = {
      iterations: [...memory.iterations, bundle.iteration],
      events: [...memory.events, ...bundle.events],
      evaluations: [...memory.evaluations, ...bundle.evaluations],
    };
    request.onIteration?.(bundle.iteration.iteration);
  }
}
