import { seedOfDigest } from '../../domain/runLinks/iterationSeeds.ts';
import type { SeedRecord } from '../../domain/contradictions/runRules.ts';
import type { Engine } from '../../engine/engine.ts';
import { bigInt, int, queryRows, text } from '../../engine/rows.ts';
import { sql } from '../../lib/sql.ts';
import type { ExperimentConfig } from '../../domain/answers/experiments.ts';
import { agentId } from '../../lib/ids.ts';
import { ofExperiment, type ExperimentScope } from '../scope.ts';

const spec = { iteration: int, agentId: text, scenarioSeed: bigInt, digest: text };

/**
 * The seed of each single comparison beside the one that master seed, iteration and agent give (domain.md 4.4: each
 * pair comparison uses the seed of the agent under test).
 */
export async function readScenarioSeeds(
  engine: Engine,
  scope: ExperimentScope,
  { masterSeed, evaluationMode }: ExperimentConfig,
  signal: AbortSignal | undefined,
): Promise<SeedRecord[]> {
  if (masterSeed === undefined || evaluationMode?.startsWith('deterministic') !== true) return [];
  const statement = sql`SELECT iteration, agent_id, scenario_seed,
      left(sha256(concat(${masterSeed}, ':iter:', iteration, ':agent:', agent_id)), 8) AS digest
    FROM evaluations WHERE ${ofExperiment(scope)} AND scenario_seed IS NOT NULL ORDER BY iteration, agent_id`;
  const rows = await queryRows(engine, statement, spec, signal);
  return rows.map((row) => ({
    iteration: row.iteration,
    agentId: agentId(row.agentId),
    storedSeed: row.scenarioSeed.toString(),
    derivedSeed: seedOfDigest(row.digest).toString(),
  }));
}
