import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import type { ExperimentConfig } from '../../domain/answers/experiments.ts';
import { agentId } from '../../lib/ids.ts';
import { integerField, numberField, objectOf, textField } from './jsonFields.ts';

const section = (value: Json | undefined): JsonObject => (isJsonObject(value) ? value : {});

/** `experiments.config` (domain.md 3.7). The seed inside it goes before the column (domain.md 2.3). */
export function readConfig(text: string | undefined, masterSeedColumn: bigint | undefined): ExperimentConfig {
  const config = objectOf(text) ?? {};
  const evaluation = section(config.evaluation);
  const convergence = section(config.convergence);
  const agents = Array.isArray(config.optimized_agents) ? config.optimized_agents : [];
  return {
    name: textField(config.name),
    description: textField(config.description),
    scenarioPath: textField(config.scenario_path),
    masterSeed: (integerField(config.master_seed) ?? masterSeedColumn)?.toString(),
    evaluationMode: textField(evaluation.mode),
    evaluationTicks: numberField(evaluation.ticks),
    numSamples: numberField(evaluation.num_samples),
    maxIterations: numberField(convergence.max_iterations),
    stabilityThreshold: numberField(convergence.stability_threshold),
    stabilityWindow: numberField(convergence.stability_window),
    optimizedAgents: agents.flatMap((agent) => (typeof agent === 'string' ? [agentId(agent)] : [])),
  };
}
