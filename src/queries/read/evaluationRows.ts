import type { EvaluationExtras } from '../../domain/answers/experiments.ts';
import type { Sample } from '../../domain/experiment/normalised.ts';
import { unreadableFields, type UnreadableFields } from '../../domain/unreadable.ts';
import type { EvaluationEvidence } from '../../domain/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  boolean,
  double,
  int,
  money,
  nullable,
  queryRows,
  text,
  type RowOf,
  bigInt,
} from '../../engine/rows.ts';
import { agentId } from '../../lib/ids.ts';
import { parseJson, type Json, formatJson, isJsonObject } from '../../lib/json.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import type { Cents } from '../../lib/units.ts';
import type { StoredIteration } from './iterationRows.ts';
import { centsField, integerField, numberField } from './eventFields.ts';

/** One evaluation row as evidence needs it. */
const evaluationSpec = {
  fileId: text,
  experimentId: text,
  iteration: int,
  agentId: text,
  /** This and the numbers are missing where the file lacks the column, or holds what is none. */
  accepted: nullable(boolean),
  acceptanceReason: nullable(text),
  proposedPolicy: nullable(text),
  oldCostCents: nullable(money),
  newCostCents: nullable(money),
  deltaSumCents: nullable(money),
  sampleCount: nullable(int),
  settlementRate: nullable(double),
  newCostStdDevCents: nullable(money),
  newCostInterval: nullable(text),
  unreadable: nullable(text),
};

export type StoredEvaluation = RowOf<typeof evaluationSpec>;

export async function readEvaluationRows(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<StoredEvaluation[]> {
  const statement = sql`SELECT file_id, experiment_id, iteration, agent_id, accepted, acceptance_reason,
      proposed_policy, old_cost_cents, new_cost_cents, delta_sum_cents, sample_count, settlement_rate,
      new_cost_std_dev_cents, new_cost_interval, unreadable
    FROM evaluations WHERE ${condition}`;
  return queryRows(engine, statement, evaluationSpec, signal);
}

/**
 * The same as evidence for verdicts, one row at a time. An accepted policy that stands word for word in the
 * next iteration, as the writer leaves it, is not parsed a second time.
 */
export function* evaluationEvidence(
  rows: Iterable<StoredEvaluation>,
  iterations: Iterable<Pick<StoredIteration, 'iteration' | 'policies'>>,
): Generator<EvaluationEvidence, void> {
  const texts = new Map<number, string | undefined>();
  for (const { iteration, policies } of iterations) texts.set(iteration, policies);
  for (const row of rows) {
    yield {
      iteration: row.iteration,
      agentId: agentId(row.agentId),
      accepted: row.accepted,
      reason: row.acceptanceReason,
      policy: readProposed(row, texts.get(row.iteration + 1)),
      oldCostCents: row.oldCostCents,
      newCostCents: row.newCostCents,
      deltaSumCents: row.deltaSumCents,
      sampleCount: row.sampleCount,
      settlementRate: row.settlementRate,
      newCostStdDevCents: row.newCostStdDevCents,
      newCostIntervalCents: readInterval(row.newCostInterval),
      ...unreadableOf(row),
    };
  }
}

/** Undefined stands for the policy that followed, or for a text that is not JSON. */
function readProposed(row: StoredEvaluation, following: string | undefined): Json | undefined {
  const { agentId: agent, accepted, proposedPolicy: proposed } = row;
  if (proposed === undefined) return undefined;
  if (accepted === true && following?.includes(`"${agent}": ${proposed}`) === true) return undefined;
  const parsed = parseJson(proposed);
  return parsed.ok ? parsed.value : undefined;
}

function unreadableOf(row: StoredEvaluation): { readonly unreadable?: UnreadableFields } {
  const fields = new Map(unreadableFields(row.unreadable));
  const { newCostInterval: interval, proposedPolicy: proposed } = row;
  if (interval !== undefined && readInterval(interval) === undefined) {
    fields.set('newCostIntervalCents', interval);
  }
  // A text that is an object's from end to end is parsed where its policy is needed.
  if (proposed !== undefined && !isFromEndToEnd(proposed)) fields.set('proposedPolicy', proposed);
  return fields.size === 0 ? {} : { unreadable: fields };
}

/** Told from its ends, between which an expression would walk through all of it. */
function isFromEndToEnd(object: string): boolean {
  const trimmed = object.trim();
  return trimmed.length > 1 && trimmed.startsWith('{') && trimmed.endsWith('}');
}

/** JSON `[lower, upper]` in cents. */
function readInterval(stored: string | undefined): readonly [Cents, Cents] | undefined {
  const parsed = stored === undefined ? undefined : parseJson(stored);
  if (parsed?.ok !== true || !Array.isArray(parsed.value)) return undefined;
  const [lower, upper] = parsed.value.map(centsField);
  return lower === undefined || upper === undefined ? undefined : [lower, upper];
}

const spec = {
  ...evaluationSpec,
  evaluationMode: nullable(text),
  scenarioSeed: nullable(bigInt),
  contextCostCents: nullable(money),
  sampleDetails: nullable(text),
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
  return {
    mode: row.evaluationMode,
    scenarioSeed: row.scenarioSeed?.toString(),
    contextCostCents: row.contextCostCents,
  };
}

/** The samples of one evaluation in the order of their index, and the entries that are none, as stored. */
interface StoredSamples {
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
