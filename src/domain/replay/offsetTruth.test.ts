/** The replay of real runs with offsetting against the memory of the engine that wrote them. */
import { expect, test } from 'vitest';

import type { Engine } from '../../engine/engine.ts';
import { openNativeEngine } from '../../engine/node/nativeEngine.ts';
import { int, nullable, queryRows, text } from '../../engine/rows.ts';
import { isJsonObject, parseJson, type JsonObject } from '../../lib/json.ts';
import { sql } from '../../lib/sql.ts';
import { describeRealFile, realFile } from '../../testing/realFile.ts';
import { truthPayments, truthRuns, type TruthRun } from '../../testing/truthFile.ts';
import { agentId } from '../../lib/ids.ts';
import type { StoredEvent } from './details.ts';
import type { PoolShares } from './replay.ts';
import { replayOriginal, type OriginalReplay } from '../../testing/replayOriginal.ts';
import { queue2Order, type ReplayedCosts, type ReplayState } from './replayState.ts';

interface StoredRun {
  readonly config: JsonObject;
  readonly events: StoredEvent[];
  readonly shares: PoolShares;
}

/** Shares of the pools by iteration, which in these files is the order of the runs by id; none in a file without an experiment. */
async function sharesOf(engine: Engine): Promise<ReadonlyMap<number, PoolShares>> {
  const [table] = await queryRows(
    engine,
    sql`SELECT count(*) AS tables FROM duckdb_tables() WHERE table_name = 'experiment_iterations'`,
    { tables: int },
  );
  if (table?.tables !== 1) return new Map();
  const rows = await queryRows(
    engine,
    sql`SELECT iteration, policies::VARCHAR AS policies FROM experiment_iterations`,
    { iteration: int, policies: text },
  );
  return new Map(
    rows.map(({ iteration, policies }) => {
      const shares = Object.entries(objectOf(policies)).flatMap(([id, policy]) => {
        const { parameters } = isJsonObject(policy) ? policy : {};
        const share = isJsonObject(parameters) ? parameters.initial_liquidity_fraction : undefined;
        return typeof share === 'number' ? [[agentId(id), share] as const] : [];
      });
      return [iteration, new Map(shares)];
    }),
  );
}

function objectOf(json: string | undefined): JsonObject {
  const parsed = parseJson(json ?? '');
  if (!parsed.ok || !isJsonObject(parsed.value)) throw new Error('not a JSON object');
  return parsed.value;
}

async function runsOf(file: string): Promise<ReadonlyMap<string, StoredRun>> {
  const engine = await openNativeEngine(file, { readOnly: true });
  const configs = await queryRows(
    engine,
    sql`SELECT simulation_id, config_json::VARCHAR AS config_json FROM simulations ORDER BY simulation_id`,
    { simulationId: text, configJson: text },
  );
  const shares = await sharesOf(engine);
  const rows = await queryRows(
    engine,
    sql`SELECT simulation_id, tick, event_type, agent_id, tx_id, details FROM simulation_events
        ORDER BY simulation_id, tick, event_timestamp, rowid`,
    {
      simulationId: text,
      tick: int,
      eventType: text,
      agentId: nullable(text),
      txId: nullable(text),
      details: text,
    },
  );
  await engine.close();
  const runs = new Map<string, StoredRun>(
    configs.map(({ simulationId, configJson }, iteration) => [
      simulationId,
      { config: objectOf(configJson), events: [], shares: shares.get(iteration) ?? new Map() },
    ]),
  );
  for (const { simulationId, ...row } of rows)
    runs.get(simulationId)?.events.push({ ...row, details: objectOf(row.details) });
  return runs;
}

const truthNames: Readonly<Record<string, keyof ReplayedCosts>> = {
  liquidity: 'liquidity',
  delay: 'delay',
  collateral: 'collateral',
  penalty: 'penalty',
  split: 'splitFriction',
  opportunity: 'opportunity',
  total: 'total',
};

/** Number of everything that differs in a tick, named. */
function differencesAt(truth: TruthRun, state: ReplayState, tick: number): readonly string[] {
  const central = queue2Order(state).map((txId) => state.payments.get(txId)?.sender);
  const found: string[] = [];
  for (const [id, bank] of state.agents) {
    const compare = (what: string, expected: number | undefined, actual: bigint | number) => {
      if (BigInt(expected ?? 0) !== BigInt(actual))
        found.push(`tick ${tick}, ${id}, ${what}: ${expected} in the engine, ${actual} replayed`);
    };
    const cap = truth.unsecured_cap[id];
    compare('balance', truth.balance[id]?.[tick], bank.balance);
    compare('queue 1', truth.queue1[id]?.[tick], bank.queue1.size);
    compare('queue 2', truth.queue2[id]?.[tick], central.filter((sender) => sender === id).length);
    compare('posted', truth.posted[id]?.[tick], bank.postedCollateral);
    compare('cap', typeof cap === 'number' ? cap : cap?.[tick], bank.unsecuredCap);
    for (const [component, name] of Object.entries(truthNames))
      compare(component, truth.cumulative_costs[id]?.[component]?.[tick], bank.costs[name]);
  }
  return found;
}

const compared = (truth: TruthRun) => truthPayments(truth).filter(({ openParent }) => !openParent);

const settledBy = (truth: TruthRun) =>
  compared(truth).map(({ txId, settledTick, via }) => `${txId} ${settledTick} ${via}`);

const replayedBy = (truth: TruthRun, { state }: OriginalReplay) =>
  compared(truth).map(({ txId }) => {
    const settlement = state.settlements.get(txId);
    return `${txId} ${settlement?.tick} ${settlement?.way}`;
  });

const counted = ({ state }: OriginalReplay) => {
  const banks = [...state.agents.values()];
  return {
    arrivals: banks.reduce((sum, { arrivals }) => sum + arrivals, 0),
    settled: banks.reduce((sum, { settlements }) => sum + settlements, 0),
  };
};

/** The engine's outcomes; another set of payments than an event names is still "in a later pass". */
const outcomesIn = (truth: TruthRun) =>
  truth.offset_events.map(([, tick, type, outcome, txIds]) => [
    tick,
    type,
    outcome.startsWith('settled in a later pass') ? 'settled in a later pass' : outcome,
    [...(txIds ?? [])].sort(),
  ]);

const outcomesOf = ({ state }: OriginalReplay) =>
  state.offsets.map(({ tick, eventType, outcome, txIds }) => [tick, eventType, outcome, [...txIds].sort()]);

const statedInForce = new Set(['limits-in-force', 'entry-offset', 'split-deferred', 'pledges-haircut']);

for (const name of ['lsm4', 'offsets', 'replay', 'bank-side', 'lsm-pairwise']) {
  describeRealFile(`${name}.db`, (file) => {
    const truths = truthRuns(realFile(`${name}.truth.json`) ?? '');
    test(`${truths.size} runs: every tick, settlement and offset as in the engine’s memory`, async () => {
      const runs = await runsOf(file);
      for (const [id, truth] of truths) {
        const stored = runs.get(id);
        if (stored === undefined) throw new Error(`no run ${id}`);
        const differences: string[] = [];
        const replay = replayOriginal(id, stored.config, stored.events, {
          shares: stored.shares,
          atEndOfTick: (tick, state) => {
            differences.push(...differencesAt(truth, state, tick));
          },
        });
        if (replay === undefined) throw new Error('no scenario');
        expect(differences.slice(0, 5), id).toEqual([]);
        expect(replay.violations, id).toEqual([]);
        expect(replay.reading, id).toBe(statedInForce.has(id) ? 'as stated' : 'command line');
        const settled = settledBy(truth);
        expect(
          replayedBy(truth, replay).filter((line, i) => line !== settled[i]),
          id,
        ).toEqual([]);
        expect(counted(replay), id).toEqual(truth.totals);
        expect(outcomesOf(replay), id).toEqual(outcomesIn(truth));
      }
    });
  });
}
