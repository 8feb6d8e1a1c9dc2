import type { Engine } from '../../engine/engine.ts';
import { bigInt, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { isJsonObject, parseJson, type Json } from '../../lib/json.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import type { EvaluationExtras } from '../../domain/answers/experiments.ts';
import type { Sample } from '../../domain/experiment/normalised.ts';
import { evaluationSpec } from './evaluationRows.ts';
import { centsField, integerField, numberField, objectOf } from './jsonFields.ts';

const spec = {
  ...evaluationSpec,
  evaluationMode: nullable(text),
  scenarioSeed: nullable(bigInt),
  contextCostCents: nullable(money),
  agentStats: nullable(text),
  sampleDetails: nullable(text),
  recordedAt: nullable(text),
};

/** A whole evaluation row. */
export type EvaluationDetail = RowOf<typeof spec>;

export async function readEvaluationDetails(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<EvaluationDetail[]> {
  const statement = sql`SELECT * FROM evaluations WHERE ${condition} ORDER BY agent_id`;
  return queryRows(engine, statement, spec, signal);
}

export function extrasOf(row: EvaluationDetail): EvaluationExtras {
  const own = objectOf(row.agentStats)?.[row.agentId];
  return {
    mode: row.evaluationMode,
    scenarioSeed: row.scenarioSeed?.toString(),
    contextCostCents: row.contextCostCents,
    agentCostCents: isJsonObject(own) ? centsField(own.cost) : undefined,
    recordedAt: row.recordedAt,
  };
}

/** `sample_details` in the order of the index; an entry that lacks a number is left out. */
export function samplesOf(row: EvaluationDetail): Sample[] {
  const parsed = row.sampleDetails === undefined ? undefined : parseJson(row.sampleDetails);
  if (parsed?.ok !== true || !Array.isArray(parsed.value)) return [];
  return parsed.value.flatMap(sampleOf).sort((a, b) => a.index - b.index);
}

function sampleOf(entry: Json): Sample[] {
  if (!isJsonObject(entry)) return [];
  const index = numberField(entry.index);
  const seed = integerField(entry.seed);
  const oldCostCents = centsField(entry.old_cost);
  const newCostCents = centsField(entry.new_cost);
  const deltaCents = centsField(entry.delta);
  if (index === undefined || seed === undefined) return [];
  if (oldCostCents === undefined || newCostCents === undefined || deltaCents === undefined) return [];
  return [{ index, seed: seed.toString(), oldCostCents, newCostCents, deltaCents }];
}
