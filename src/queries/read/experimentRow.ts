import { inferRules, type AcceptanceRules, type StoredRules } from '../../domain/acceptance/rules.ts';
import type { ExperimentConfig } from '../../domain/answers/experiments.ts';
import type { Engine } from '../../engine/engine.ts';
import { bigInt, boolean, int, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { groupBy } from '../../lib/groupBy.ts';
import { type ExperimentId, type FileId, agentId } from '../../lib/ids.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { sql } from '../../lib/sql.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';
import { integerField, numberField, objectOf, textField } from './eventFields.ts';

/** What the file itself says of an experiment, beside its iterations: the columns and how they are read. */
export const storedExperimentSpec = {
  fileId: text,
  experimentId: text,
  config: nullable(text),
  masterSeed: nullable(bigInt),
  createdAt: nullable(text),
  completedAt: nullable(text),
  storedNumIterations: nullable(int),
  storedConverged: nullable(boolean),
  convergenceReason: nullable(text),
  storedFinalCostCents: nullable(money),
  storedBestCostCents: nullable(money),
};
export const storedExperimentColumns = sql`file_id, experiment_id, config, master_seed, created_at, completed_at,
  stored_num_iterations, stored_converged, convergence_reason, stored_final_cost_cents, stored_best_cost_cents`;

const spec = { config: nullable(text), masterSeed: nullable(bigInt), createdAt: nullable(text) };

/** The experiment's own row, or undefined when the file has no such experiment. */
export async function readExperimentRow(
  engine: Engine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RowOf<typeof spec> | undefined> {
  const statement = sql`SELECT config, master_seed, created_at FROM experiments WHERE ${ofExperiment(scope)} LIMIT 1`;
  return (await queryRows(engine, statement, spec, signal))[0];
}

interface Keyed {
  readonly fileId: FileId | string;
  readonly experimentId: ExperimentId | string;
}

/** One text per experiment of the open files; a line break occurs in no file id. */
export function experimentKey({ fileId, experimentId }: Keyed): string {
  return `${fileId}\n${experimentId}`;
}

export function groupByExperiment<T extends Keyed>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return groupBy(rows, experimentKey);
}

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

/** The acceptance rules of one experiment, from its configuration, its reasons, its date and mode. */
export function acceptanceRulesOf(
  experiment: { readonly config: string | undefined; readonly createdAt: string | undefined },
  evaluations: readonly { readonly acceptanceReason: string | undefined }[],
): AcceptanceRules {
  const evaluation = section(objectOf(experiment.config)?.evaluation);
  return inferRules({
    startedAt: experiment.createdAt,
    mode: textField(evaluation.mode),
    stored: storedRules(evaluation.acceptance),
    reasons: evaluations.flatMap(({ acceptanceReason }) => acceptanceReason ?? []),
  });
}

/** Our own lab stores its acceptance rules whole; the original stores none. */
function storedRules(acceptance: Json | undefined): StoredRules | undefined {
  if (!isJsonObject(acceptance)) return undefined;
  return {
    requireSignificance: acceptance.require_statistical_significance === true,
    largestCv: numberField(acceptance.max_coefficient_of_variation),
    settlementFloor: numberField(acceptance.min_settlement_rate),
  };
}
