import type { Engine } from '../../engine/engine.ts';
import { bigInt, money, nullable, queryRows, text, type RowOf } from '../../engine/rows.ts';
import { formatJson, isJsonObject, parseJson, type Json } from '../../lib/json.ts';
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

/** The samples of one evaluation in the order of their index, and the entries that are none, as stored. */
export interface StoredSamples {
  readonly samples: readonly Sample[];
  readonly unreadableSamples: readonly string[];
}

export const noSamples: StoredSamples = { samples: [], unreadableSamples: [] };

/** Of `sample_details`; a text that is no list is one unreadable entry. */
export function samplesOf({ sampleDetails: stored }: EvaluationDetail): StoredSamples {
  if (stored === undefined) return noSamples;
  const parsed = parseJson(stored);
  if (parsed.ok && parsed.value === null) return noSamples;
  if (!parsed.ok || !Array.isArray(parsed.value)) return { samples: [], unreadableSamples: [stored] };
  const read = parsed.value.map((entry) => sampleOf(entry) ?? formatJson(entry));
  return {
    samples: read.filter((one) => typeof one !== 'string').sort((a, b) => a.index - b.index),
    unreadableSamples: read.filter((one) => typeof one === 'string'),
  };
}

function sampleOf(entry: Json): Sample | undefined {
  if (!isJsonObject(entry)) return undefined;
  const index = numberField(entry.index);
  const seed = integerField(entry.seed);
  const oldCostCents = centsField(entry.old_cost);
  const newCostCents = centsField(entry.new_cost);
  const deltaCents = centsField(entry.delta);
  if (index === undefined || seed === undefined) return undefined;
  if (oldCostCents === undefined || newCostCents === undefined || deltaCents === undefined) return undefined;
  return { index, seed: seed.toString(), oldCostCents, newCostCents, deltaCents };
}
