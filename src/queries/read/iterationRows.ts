import { parsePolicies } from '../../domain/policy/policyJson.ts';
import type { IterationEvidence } from '../../domain/verdict/evidence.ts';
import type { Engine } from '../../engine/engine.ts';
import { int, nullable, queryRows, text, type RowOf, list } from '../../engine/rows.ts';
import { agentId, simulationId, type AgentId, type SimulationId } from '../../lib/ids.ts';
import { type Json, formatJson, parseJson } from '../../lib/json.ts';
import { sql, type Sql } from '../../lib/sql.ts';
import { addCents, cents, type Cents } from '../../lib/units.ts';
import { ofExperiment, type ExperimentScope, type IterationScope } from '../scope.ts';
import { fieldsOf, centsField, objectOf } from './eventFields.ts';

const spec = {
  fileId: text,
  experimentId: text,
  iteration: int,
  policies: nullable(text),
  /** NULL unless the word `true` occurs in it: an all-false map carries no information. */
  acceptedChanges: nullable(text),
  costsPerAgent: nullable(text),
  recordedAt: nullable(text),
  evaluationSimulationId: nullable(text),
};

export type StoredIteration = RowOf<typeof spec>;

/** Iterations in order. Sorted here: sorting rows with long texts takes the engine twice as long as shipping them. */
export async function readIterationRows(
  engine: Engine,
  condition: Sql,
  signal: AbortSignal | undefined,
): Promise<StoredIteration[]> {
  const statement = sql`SELECT file_id, experiment_id, iteration, policies,
      CASE WHEN contains(accepted_changes, 'true') THEN accepted_changes END AS accepted_changes,
      costs_per_agent, recorded_at, evaluation_simulation_id
    FROM iterations WHERE ${condition}`;
  const rows = await queryRows(engine, statement, spec, signal);
  return rows.sort((a, b) => a.iteration - b.iteration);
}

const costSpec = { iteration: int, costsPerAgent: nullable(text), evaluationSimulationId: nullable(text) };

/** The iterations of one experiment in order, without their policies, which are most of their text. */
export async function readIterationCosts(
  engine: Engine,
  scope: ExperimentScope,
  signal: AbortSignal | undefined,
): Promise<RowOf<typeof costSpec>[]> {
  const statement = sql`SELECT iteration, costs_per_agent, evaluation_simulation_id FROM iterations
    WHERE ${ofExperiment(scope)} ORDER BY iteration`;
  return queryRows(engine, statement, costSpec, signal);
}

/** The iteration that names a run as its own, by run. */
export function evaluationIterations(
  rows: readonly Pick<StoredIteration, 'iteration' | 'evaluationSimulationId'>[],
): ReadonlyMap<SimulationId, number> {
  return new Map(
    rows.flatMap(({ iteration, evaluationSimulationId: run }) =>
      run === undefined ? [] : [[simulationId(run), iteration] as const],
    ),
  );
}

const noPolicies: ReadonlyMap<AgentId, Json> = new Map();

/**
 * The rows of one experiment as evidence for verdicts, one at a time. Rejected iterations repeat the text byte
 * for byte: it is parsed once, and the same objects need no comparing.
 */
export function* iterationEvidence(rows: Iterable<StoredIteration>): Generator<IterationEvidence, void> {
  let policies = noPolicies;
  let parsedText: string | undefined;
  for (const row of rows) {
    if (row.policies !== parsedText) {
      const parsed = parsePolicies(row.policies ?? '');
      policies = parsed.ok ? parsed.value : noPolicies;
      parsedText = row.policies;
    }
    yield { iteration: row.iteration, policies, flaggedAccepted: flagged(row.acceptedChanges) };
  }
}

function flagged(acceptedChanges: string | undefined): ReadonlySet<AgentId> {
  const flags = fieldsOf(acceptedChanges, (value) => value === true);
  return new Set(flags.filter(([, accepted]) => accepted).map(([agent]) => agentId(agent)));
}

/** `costs_per_agent` of one iteration; undefined where the value is not an integer number of cents. */
export type StoredCosts = ReadonlyMap<AgentId, Cents | undefined>;

export function readCosts(stored: string | undefined): StoredCosts {
  return new Map(fieldsOf(stored, centsField).map(([agent, cost]) => [agentId(agent), cost]));
}

/** The same for every row, one at a time. */
export function* readCostsOf(
  rows: Iterable<{ readonly costsPerAgent: string | undefined }>,
): Generator<StoredCosts, void> {
  for (const row of rows) yield readCosts(row.costsPerAgent);
}

/** Sum over the agents that the experiment records costs for; undefined when one of them is missing. */
export function agentsTotal(costs: StoredCosts, agents: ReadonlySet<AgentId>): Cents | undefined {
  if (agents.size === 0) return undefined;
  let total = cents(0n);
  for (const agent of agents) {
    const cost = costs.get(agent);
    if (cost === undefined) return undefined;
    total = addCents(total, cost);
  }
  return total;
}

/** What is stored where a cost is no whole cents, by agent; a text that is no object is every agent's. */
export function unreadableCosts(
  stored: string | undefined,
  agents: ReadonlySet<AgentId>,
): ReadonlyMap<AgentId, string> {
  if (stored === undefined) return new Map();
  if (objectOf(stored) === undefined) return new Map([...agents].map((agent) => [agent, stored]));
  const odd = fieldsOf(stored, (value) =>
    value === null || centsField(value) !== undefined ? undefined : asStored(value),
  );
  return new Map(odd.flatMap(([agent, text]) => (text === undefined ? [] : [[agentId(agent), text]])));
}

/** Python's bare `NaN` comes out of the parser as the text of that name. */
function asStored(value: Json): string {
  if (typeof value === 'number') return `${value}`;
  return typeof value === 'string' && /^-?Infinity$|^NaN$/.test(value) ? value : formatJson(value);
}

export function knownCosts(costs: StoredCosts): ReadonlyMap<AgentId, Cents> {
  const known = new Map<AgentId, Cents>();
  for (const [agent, cost] of costs) if (cost !== undefined) known.set(agent, cost);
  return known;
}

/** Where one iteration stands among those that are stored. */
interface IterationIndex {
  readonly previousIteration: number | undefined;
  readonly nextIteration: number | undefined;
  /** -1 when no iteration is stored. */
  readonly lastIteration: number;
  /** Every agent that the experiment records a cost for, in any iteration. */
  readonly pricedAgents: ReadonlySet<AgentId>;
  readonly evaluationIterations: ReadonlyMap<SimulationId, number>;
}

const placeSpec = {
  previous: nullable(int),
  next: nullable(int),
  last: nullable(int),
  agentKeys: list(text),
};
const runSpec = { iteration: int, run: text };

export async function readIterationIndex(
  engine: Engine,
  params: IterationScope,
  signal: AbortSignal | undefined,
): Promise<IterationIndex> {
  const condition = ofExperiment(params);
  const k = params.iteration;
  const place = sql`SELECT max(iteration) FILTER (iteration < ${k}) AS previous,
      min(iteration) FILTER (iteration > ${k}) AS next, max(iteration) AS last,
      (SELECT coalesce(list(DISTINCT agent_key), []) FROM iteration_costs WHERE ${condition}) AS agent_keys
    FROM iterations WHERE ${condition}`;
  const [found] = await queryRows(engine, place, placeSpec, signal);
  const linked = sql`SELECT iteration, evaluation_simulation_id AS run FROM iterations
    WHERE ${condition} AND evaluation_simulation_id IS NOT NULL`;
  const runs = await queryRows(engine, linked, runSpec, signal);
  return {
    previousIteration: found?.previous,
    nextIteration: found?.next,
    lastIteration: found?.last ?? -1,
    pricedAgents: new Set(found?.agentKeys.map(agentOfKey)),
    evaluationIterations: new Map(runs.map(({ iteration, run }) => [simulationId(run), iteration])),
  };
}

/** `agent_key` is the text between the quotes of the JSON, escapes and all. */
export function agentOfKey(key: string): AgentId {
  const parsed = parseJson(`"${key}"`);
  return agentId(parsed.ok && typeof parsed.value === 'string' ? parsed.value : key);
}
