import { allocatingEvents, offsetEvents } from '../../../domain/events.ts';
import type { Engine } from '../../../engine/engine.ts';
import { int, money, nullable, queryRows, text } from '../../../engine/rows.ts';
import { isJsonObject, type JsonObject } from '../../../lib/json.ts';
import { join, sql, type Sql } from '../../../lib/sql.ts';
import type { RunFacts } from '../../../domain/answers/experiments.ts';
import { agentId, type AgentId } from '../../../lib/ids.ts';
import { addCents, cents, type Cents } from '../../../lib/units.ts';
import { centsField, numberField, objectOf, textField } from '../../read/eventFields.ts';
import { ofExperiment, type RunScope } from '../../scope.ts';
import { impliedPledges } from './pledges.ts';
import { createTable, kindIn, occurs, type RunTables } from './tables.ts';

/** What one agent starts from; undefined where nothing tells. */
export interface Opening {
  readonly balanceCents: Cents | undefined;
  /** By the configuration; otherwise the first recorded balance implies it. */
  readonly isBalanceStated: boolean;
  /** A balance that an event records is not what the events before it give by themselves. */
  readonly isContradicted: boolean;
  readonly postedCents: Cents | undefined;
  readonly unsecuredCapCents: Cents | undefined;
}

/** The agents of a stored scenario, in its order. */
export function configuredAgents(configJson: string | undefined): ReadonlyMap<AgentId, JsonObject> {
  const agents = objectOf(configJson)?.agents;
  const found = new Map<AgentId, JsonObject>();
  for (const entry of Array.isArray(agents) ? agents : []) {
    if (!isJsonObject(entry)) continue;
    const id = textField(entry.id);
    if (id !== undefined) found.set(agentId(id), entry);
  }
  return found;
}

/** The share of its pool that an agent commits; undefined where nothing tells. */
export type FractionOf = (agent: AgentId) => number | 'as configured' | undefined;

/**
 * Shares of the pool that the policies of the run's iteration commit (domain.md 7.4). A policy without the
 * parameter counts as a half there.
 */
export async function readFractions(
  engine: Engine,
  { fileId }: RunScope,
  facts: RunFacts | undefined,
  signal: AbortSignal | undefined,
): Promise<FractionOf> {
  const iteration = facts?.link?.iteration;
  if (facts?.experimentId === undefined) return () => 'as configured';
  if (iteration === undefined) return () => undefined;
  const scope = { fileId, experimentId: facts.experimentId };
  const [row] = await queryRows(
    engine,
    sql`SELECT policies FROM iterations WHERE ${ofExperiment(scope)} AND iteration = ${iteration}`,
    { policies: nullable(text) },
    signal,
  );
  const fractions = new Map<AgentId, number | undefined>();
  // A run of a proposal or of a sample played other policies than those in force.
  const isInForce = facts.role === 'context';
  for (const [agent, policy] of Object.entries(objectOf(row?.policies) ?? {})) {
    if (!isJsonObject(policy)) continue;
    const parameters = isJsonObject(policy.parameters) ? policy.parameters : {};
    const key = 'initial_liquidity_fraction';
    const share = numberField(parameters[key]) ?? numberField(policy[key]) ?? 0.5;
    fractions.set(agentId(agent), isInForce ? share : undefined);
  }
  return (agent) => (fractions.has(agent) ? fractions.get(agent) : 'as configured');
}

/**
 * The balance that a scenario opens with; undefined when a pool of unknown share is added to it. Where the first
 * tick records allocations, an agent without one was allocated nothing; the original records those of later days only.
 */
function configuredBalance(
  agent: JsonObject | undefined,
  fraction: ReturnType<FractionOf>,
  allocationsRecorded: boolean,
): Cents | undefined {
  const opening = centsField(agent?.opening_balance);
  if (opening === undefined) return undefined;
  const pool = centsField(agent?.liquidity_pool) ?? 0n;
  if (pool === 0n || allocationsRecorded) return opening;
  const share = fraction === 'as configured' ? numberField(agent?.liquidity_allocation_fraction) : fraction;
  return share === undefined ? undefined : addCents(opening, cents(Math.floor(Number(pool) * share)));
}

const startSpec = {
  agent: int,
  start: nullable(money),
  least: nullable(money),
  most: nullable(money),
  posted: nullable(money),
};

/**
 * Balance, collateral and unsecured cap of each agent before the first event: the balance by the scenario, else as
 * the first recorded one implies it; collateral as the first recorded total implies it, else by the scenario.
 */
export async function readOpenings(
  engine: Engine,
  run: RunTables,
  agents: readonly AgentId[],
  configured: ReadonlyMap<AgentId, JsonObject>,
  fractionOf: FractionOf,
  isPostedInForce: boolean,
): Promise<ReadonlyMap<AgentId, Opening>> {
  const implied = await queryRows(
    engine,
    sql`WITH running AS (
        SELECT agent, seq, recorded_before, sum(cents) OVER w - cents AS moved_before FROM ${run.table('moves')}
        WINDOW w AS (PARTITION BY agent ORDER BY seq, later, cents DESC ROWS UNBOUNDED PRECEDING)
      ), started AS (
        SELECT agent, (arg_min(recorded_before - moved_before, seq)
          FILTER (recorded_before IS NOT NULL))::BIGINT AS start,
          min(recorded_before - moved_before)::BIGINT AS least, max(recorded_before - moved_before)::BIGINT AS most
        FROM running GROUP BY agent
      )
      SELECT agent, start, least, most, posted FROM started FULL JOIN (${impliedPledges(run)}) USING (agent)
      WHERE agent IS NOT NULL`,
    startSpec,
  );
  const [first] = await queryRows(
    engine,
    sql`SELECT count(*) AS allocations FROM ${run.table('events')}
      WHERE tick = 0 AND ${kindIn(run, ...allocatingEvents)}`,
    { allocations: int },
  );
  const allocationsRecorded = (first?.allocations ?? 0) > 0;
  const byNumber = new Map(implied.map((row) => [row.agent, row]));
  // Without a pool the scenario says it all. With one, a recorded balance tells the share better than a policy does,
  // but for offsets before it, which are not known yet.
  const hasOffsets = occurs(run, ...offsetEvents);
  const isCertain = (config: JsonObject | undefined) =>
    hasOffsets || allocationsRecorded || (centsField(config?.liquidity_pool) ?? 0n) === 0n;
  return new Map(
    agents.map((agent, number): readonly [AgentId, Opening] => {
      const found = byNumber.get(number);
      const config = configured.get(agent);
      const pledged = isPostedInForce ? centsField(config?.posted_collateral) : undefined;
      const stated = configuredBalance(config, fractionOf(agent), allocationsRecorded);
      const believed = isCertain(config) ? (stated ?? found?.start) : (found?.start ?? stated);
      return [
        agent,
        {
          balanceCents: believed,
          isBalanceStated: believed !== undefined && believed === stated,
          isContradicted: [found?.least, found?.most].some(
            (recorded) => recorded !== undefined && recorded !== believed,
          ),
          postedCents: found?.posted ?? (config === undefined ? undefined : (pledged ?? none)),
          unsecuredCapCents: config === undefined ? undefined : (centsField(config.unsecured_cap) ?? none),
        },
      ];
    }),
  );
}

const none = cents(0n);

/** The same as table `starts`. */
export function createStarts(run: RunTables, openings: ReadonlyMap<AgentId, Opening>): Sql {
  const rows = [...openings.values()].map(
    ({ balanceCents, isBalanceStated, postedCents, unsecuredCapCents }, number) =>
      sql`(${number}::SMALLINT, ${balanceCents ?? null}::BIGINT, ${postedCents ?? null}::BIGINT,
        ${unsecuredCapCents ?? null}::BIGINT, ${isBalanceStated})`,
  );
  return createTable(
    run,
    'starts',
    rows.length === 0
      ? sql`SELECT 0::SMALLINT AS agent, 0::BIGINT AS start, 0::BIGINT AS posted, 0::BIGINT AS cap, FALSE AS is_stated WHERE FALSE`
      : sql`SELECT * FROM (VALUES ${join(rows, ', ')}) AS t(agent, start, posted, cap, is_stated)`,
  );
}
