import type { ConsistencyCheck } from '../../../domain/answers/runs.ts';
import { allocatingEvents, nearTicks, offsetEvents, settlingEvents } from '../../../domain/events.ts';
import { rulesOfMark } from '../../../domain/labMark.ts';
import type { Engine } from '../../../engine/engine.ts';
import { EngineError } from '../../../engine/errors.ts';
import { bigInt, int, money, nullable, queryRows, text } from '../../../engine/rows.ts';
import { groupBy } from '../../../lib/groupBy.ts';
import { agentId, simulationId, type AgentId, type FileId, type SimulationId } from '../../../lib/ids.ts';
import type { JsonObject } from '../../../lib/json.ts';
import { join, literal, sql } from '../../../lib/sql.ts';
import { addCents, cents, subtractCents, type Cents } from '../../../lib/units.ts';
import { defineQuery } from '../../query.ts';
import { readConfig } from '../../read/experimentRow.ts';
import { centsField } from '../../read/eventFields.ts';
import { runOwner } from '../../read/runRows.ts';
import type { FileScope, RunScope } from '../../scope.ts';
import { consistencyChecks, judgeBalances, judgeConserved, judgeCounts } from '../consistencyChecks.ts';
import { countsSomeOnly, judgeCosts, lastDayStart } from '../consistency/costs.ts';
import { noDailyMetrics, noTickStates } from '../consistency/storedStates.ts';
import { mostSeqs } from '../consistency/check.ts';
import { lsmOf, statedKeys } from '../prepare/offsets/readings.ts';
import { configuredAgents } from '../prepare/openings.ts';
import { lengthOf } from '../prepare/prepareRun.ts';
import {
  BatchLook,
  needsAgent,
  type BalanceRow,
  type CostRow,
  type KindRow,
  type Look,
} from './lookAtRuns.ts';
import { runBatches, type RunBatch } from './runBatches.ts';

/** Checks of the runs of a batch; a run that is missing needs a look of its own (`consistencyChecks`). */
type BatchChecks = ReadonlyMap<SimulationId, readonly ConsistencyCheck[]>;

interface BatchScope extends FileScope {
  readonly batch: number;
}

const batchChecks = defineQuery({
  name: 'batchChecks',
  scope: 'one file',
  async run(engine, { fileId, batch }: BatchScope, signal): Promise<BatchChecks> {
    const runs = (await engine.ask(runBatches.about({ fileId }), signal))[batch];
    return runs === undefined ? new Map() : checkBatch(engine, fileId, runs, signal);
  },
});

/** The checks of a run as the report of a file needs them: found with many others where it is a plain one. */
export const runChecks = defineQuery({
  name: 'runChecks',
  scope: 'run',
  async run(
    engine,
    { fileId, simulationId: id }: RunScope,
    signal,
  ): Promise<readonly ConsistencyCheck[] | undefined> {
    const batches = await engine.ask(runBatches.about({ fileId }), signal);
    const batch = batches.findIndex(({ runs }) => runs.some(({ simulationId: one }) => one === id));
    const found = batch < 0 ? undefined : await engine.ask(batchChecks.about({ fileId, batch }), signal);
    const checks =
      found?.get(id) ?? (await engine.ask(consistencyChecks.about({ fileId, simulationId: id }), signal));
    return checks ?? undefined;
  },
});

/** Tables of two batches that are looked at side by side have different names. */
let lastNumber = 0;

/**
 * The checks of the runs of one batch, from a few statements over all of them: the same as `consistencyChecks` makes, without the
 * events behind a difference. A run is left out where more than its own events decide (offsets, splits, the
 * scenario, rows per tick or day), and where something of it cannot be read.
 */
export async function checkBatch(
  engine: Engine,
  fileId: FileId,
  batch: RunBatch,
  signal: AbortSignal | undefined,
): Promise<BatchChecks> {
  lastNumber += 1;
  const look = new BatchLook(engine, fileId, batch, lastNumber, signal);
  try {
    return await checkAll(engine, fileId, batch, look, signal);
  } catch (failure) {
    // A number beyond 64 bits, say: each run is then asked by itself, and the one that has it fails alone.
    if (failure instanceof EngineError && failure.kind === 'query') return new Map();
    throw failure;
  } finally {
    await look.drop();
  }
}

async function checkAll(
  engine: Engine,
  fileId: FileId,
  batch: RunBatch,
  look: BatchLook,
  signal: AbortSignal | undefined,
): Promise<BatchChecks> {
  const kinds = groupBy(await look.kinds(), ({ run }) => run);
  const stored = await readStored(engine, fileId, batch, signal);
  const plain = batch.runs.flatMap(({ simulationId: id, hasStoredRows }, run): PlainRun[] => {
    const facts = stored.get(id) ?? nothingStored;
    const own = kinds.get(run) ?? [];
    const isPlain = !hasStoredRows && facts.rowCount <= 1 && (own.length === 0 || own.every(isPlainKind));
    const hasArrivals = own.some(({ eventType }) => eventType === 'Arrival');
    return isPlain && (own.length === 0 || hasArrivals) ? [{ run, id, facts, kinds: own }] : [];
  });
  const found = await look.look(plain.map(({ run }) => run));
  const counted = await readCountedAgents(engine, fileId, plain, signal);
  const judged = plain.flatMap((run) => new Judge(run, found, counted).outcome() ?? []);
  const lastDays = await lastDayTotals(look, judged);
  const wrong = await look.wrongBalances(judged.flatMap(({ starts }) => starts));
  return new Map(
    judged.map((run) => [run.id, checksOf(run, lastDays.get(run.run), wrong.get(run.run) ?? 0)]),
  );
}

/** A run whose checks rest on its own events alone, all of which can be read. */
interface PlainRun {
  readonly run: number;
  readonly id: SimulationId;
  readonly facts: Stored;
  readonly kinds: readonly KindRow[];
}

/** What the row of a run says. */
interface Stored {
  readonly rowCount: number;
  readonly experimentId: string | undefined;
  readonly arrivals: number | undefined;
  readonly settlements: number | undefined;
  readonly totalCostCents: Cents | undefined;
  readonly ticksPerDay: number | undefined;
  readonly dayCount: number | undefined;
  readonly configJson: string | undefined;
  readonly isLab: boolean;
}

const nothingStored: Stored = {
  rowCount: 0,
  experimentId: undefined,
  arrivals: undefined,
  settlements: undefined,
  totalCostCents: undefined,
  ticksPerDay: undefined,
  dayCount: undefined,
  configJson: undefined,
  isLab: false,
};

/** These move money or payments by more than one event says. */
const entangled: ReadonlySet<string> = new Set([...offsetEvents, 'PolicySplit']);
const ofPayment: ReadonlySet<string> = new Set(['Arrival', ...settlingEvents]);
const ofAgent: ReadonlySet<string> = new Set(needsAgent);

function isPlainKind({ eventType, events, withAgent, withPayment, firstTick, lastTick }: KindRow): boolean {
  return (
    !entangled.has(eventType) &&
    firstTick >= 0 &&
    lastTick < nearTicks &&
    (!ofPayment.has(eventType) || withPayment === events) &&
    (!ofAgent.has(eventType) || withAgent === events)
  );
}

const storedSpec = {
  simulationId: text,
  rowCount: int,
  experimentId: nullable(text),
  arrivals: nullable(int),
  settlements: nullable(int),
  totalCostCents: nullable(money),
  ticksPerDay: nullable(int),
  dayCount: nullable(int),
  configJson: nullable(text),
  description: nullable(text),
};

/** As `readRunRow` reads one. */
async function readStored(
  engine: Engine,
  fileId: FileId,
  { runs }: RunBatch,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<SimulationId, Stored>> {
  const ids = join(
    runs.map(({ simulationId: id }) => literal(id)),
    ', ',
  );
  const rows = await queryRows(
    engine,
    sql`SELECT simulation_id, count(*) AS row_count, any_value(e.experiment_id) AS experiment_id, any_value(arrivals) AS arrivals,
        any_value(settlements) AS settlements, any_value(total_cost_cents) AS total_cost_cents,
        any_value(ticks_per_day) AS ticks_per_day, any_value(day_count) AS day_count,
        any_value(config_json) AS config_json, any_value(description) AS description
      FROM (SELECT *, ${runOwner} AS owner FROM simulation_runs WHERE file_id = ${fileId} AND simulation_id IN (${ids})) r
      LEFT JOIN (SELECT DISTINCT experiment_id FROM experiments WHERE file_id = ${fileId}) e ON e.experiment_id = r.owner
      GROUP BY simulation_id`,
    storedSpec,
    signal,
  );
  return new Map(
    rows.map(({ simulationId: id, description, ...row }) => [
      simulationId(id),
      { ...row, isLab: rulesOfMark(description) !== undefined },
    ]),
  );
}

/** Agents that the stored total of a run counts, by experiment (domain.md 3.6). */
async function readCountedAgents(
  engine: Engine,
  fileId: FileId,
  runs: readonly PlainRun[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, readonly AgentId[]>> {
  const ids = [...new Set(runs.flatMap(({ facts }) => facts.experimentId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await queryRows(
    engine,
    sql`SELECT experiment_id, first(config) AS config, first(master_seed) AS master_seed FROM experiments
      WHERE file_id = ${fileId} AND experiment_id IN (${join(ids.map(literal), ', ')}) GROUP BY experiment_id`,
    { experimentId: text, config: nullable(text), masterSeed: nullable(bigInt) },
    signal,
  );
  return new Map(
    rows.map((row) => [row.experimentId, readConfig(row.config, row.masterSeed).optimizedAgents]),
  );
}

interface Judged extends PlainRun {
  readonly costs: readonly CostRow[];
  readonly counted: readonly AgentId[];
  readonly someOnly: boolean;
  /** Undefined without events. */
  readonly total: Cents | undefined;
  readonly arrivals: number;
  readonly settled: number;
  readonly moves: number;
  readonly wrongSums: number;
  readonly balances: readonly BalanceRow[];
  /** What agents whose recorded balances do not imply it start from. */
  readonly starts: readonly { readonly run: number; readonly agent: string; readonly start: bigint }[];
}

/** What was found of one run. */
class Judge {
  readonly #run: PlainRun;
  readonly #found: Look;
  readonly #counted: ReadonlyMap<string, readonly AgentId[]>;

  constructor(run: PlainRun, found: Look, counted: ReadonlyMap<string, readonly AgentId[]>) {
    this.#run = run;
    this.#found = found;
    this.#counted = counted;
  }

  /** Undefined: the run needs a look of its own. */
  outcome(): Judged | undefined {
    const { run, facts, kinds } = this.#run;
    const of = <T extends { readonly run: number }>(rows: readonly T[]) =>
      rows.filter((row) => row.run === run);
    const [payments] = of(this.#found.payments);
    const [settlements] = of(this.#found.settlements);
    const costs = of(this.#found.costs);
    if (payments?.unreadable === true || settlements?.unreadable === true) return undefined;
    const [moves] = of(this.#found.moves);
    if (moves?.unreadable === true) return undefined;
    if (
      costs.some(
        ({ unreadable, total, splitFriction }) =>
          unreadable || total === undefined || splitFriction === undefined,
      )
    )
      return undefined;
    const balances = of(this.#found.balances);
    if (balances.some(({ implied, recorded }) => implied < recorded)) return undefined;
    const starts = this.#starts(balances);
    const [waiting] = of(this.#found.waiting);
    const settled = settlements?.settled ?? 0;
    if (this.#canBeSilent(waiting?.banks ?? 0, starts.length === 0 && settled === facts.settlements))
      return undefined;
    const counted =
      (facts.experimentId === undefined ? undefined : this.#counted.get(facts.experimentId)) ?? [];
    const named = costs.flatMap(({ agent }) => (agent === undefined ? [] : [agentId(agent)]));
    const someOnly = countsSomeOnly(counted, named);
    return {
      ...this.#run,
      costs,
      counted,
      someOnly,
      total: kinds.length === 0 ? undefined : sumOf(costs, someOnly ? counted : undefined),
      arrivals: payments?.arrivals ?? 0,
      settled,
      moves: moves?.moves ?? 0,
      wrongSums: settlements?.wrongSums ?? 0,
      balances,
      starts,
    };
  }

  /** As `readOpenings` believes, of agents one of whose recorded balances is another than that gives. */
  #starts(balances: readonly BalanceRow[]): Judged['starts'] {
    const { run, facts, kinds } = this.#run;
    const configured = configuredOnce(facts.configJson);
    const allocates = kinds.some(
      ({ eventType, firstTick }) => allocatingEvents.includes(eventType) && firstTick === 0,
    );
    return balances.flatMap(({ agent, first, least, most }) => {
      const config = configured.get(agentId(agent));
      const isCertain = allocates || (centsField(config?.liquidity_pool) ?? 0n) === 0n;
      const start = isCertain ? (centsField(config?.opening_balance) ?? first) : first;
      return start === undefined || (start === least && start === most) ? [] : [{ run, agent, start }];
    });
  }

  /** Whether payments can have settled without any event (`playOffsets`). */
  #canBeSilent(banks: number, isWhole: boolean): boolean {
    const { facts, kinds } = this.#run;
    if (facts.isLab || banks < 3 || lsmOf(facts.configJson)?.cycles !== true) return false;
    const occurs = (type: string) => kinds.some(({ eventType }) => eventType === type);
    return !(isWhole && statedKeys(facts.configJson, occurs).length === 0);
  }
}

/** Runs of one experiment mostly have the same scenario. */
let lastScenario:
  | { readonly text: string | undefined; readonly agents: ReadonlyMap<AgentId, JsonObject> }
  | undefined;

function configuredOnce(configJson: string | undefined): ReadonlyMap<AgentId, JsonObject> {
  if (lastScenario === undefined || lastScenario.text !== configJson)
    lastScenario = { text: configJson, agents: configuredAgents(configJson) };
  return lastScenario.agents;
}

const zero = cents(0n);

function sumOf(costs: readonly CostRow[], agents: readonly AgentId[] | undefined): Cents {
  return costs
    .filter(({ agent }) => agents === undefined || (agent !== undefined && agents.includes(agentId(agent))))
    .reduce((sum, { total = 0n }) => addCents(sum, cents(total)), zero);
}

/** Of runs whose total is not the stored one: what the last of several days cost. */
async function lastDayTotals(look: BatchLook, runs: readonly Judged[]): Promise<ReadonlyMap<number, Cents>> {
  const from = new Map<number, number>();
  for (const { run, facts, kinds, total } of runs) {
    if (total === undefined || facts.totalCostCents === undefined || facts.totalCostCents === total) continue;
    const lastTick = Math.max(...kinds.map((kind) => kind.lastTick));
    const first = lastDayStart(lengthOf(facts, facts.configJson, [{ lastTick, lastNearTick: lastTick }]));
    if (first !== undefined) from.set(run, first);
  }
  if (from.size === 0) return new Map();
  const costs = groupBy(await look.costs(from), ({ run }) => run);
  const agentsOf = new Map(runs.map(({ run, someOnly, counted }) => [run, someOnly ? counted : undefined]));
  return new Map([...from.keys()].map((run) => [run, sumOf(costs.get(run) ?? [], agentsOf.get(run))]));
}

function checksOf(
  run: Judged,
  lastDayTotal: Cents | undefined,
  wrongBalances: number,
): readonly ConsistencyCheck[] {
  const { facts, kinds, costs, total, moves, settled, arrivals } = run;
  const canLeaveSplitsOut = facts.experimentId === undefined && !facts.isLab;
  const splits = costs.reduce((sum, { splitFriction = 0n }) => addCents(sum, cents(splitFriction)), zero);
  const sum = (of: (row: CostRow) => number) => costs.reduce((count, row) => count + of(row), 0);
  return [
    ...judgeCosts({
      storedTotal: facts.totalCostCents,
      total,
      someOnly: run.someOnly,
      lastDayTotal,
      totalWithoutSplits: total !== undefined && canLeaveSplitsOut ? subtractCents(total, splits) : undefined,
      hasAccruals: kinds.some(({ eventType }) => eventType === 'CostAccrual'),
      exceeding: sum(({ exceeding }) => exceeding),
    }),
    // Each movement out of one balance is one into another one, by the statement that reads it.
    judgeConserved({ moves, wrongTicks: 0, firstTick: undefined, made: zero }),
    judgeBalances(
      run.balances.reduce((count, { recorded }) => count + recorded, 0),
      wrongBalances + Math.min(run.wrongSums, mostSeqs),
      undefined,
    ),
    ...judgeCounts(
      facts,
      kinds.length === 0 ? undefined : { arrivals, settlements: settled },
      false,
      undefined,
    ),
    noTickStates(),
    noDailyMetrics(),
  ];
}
