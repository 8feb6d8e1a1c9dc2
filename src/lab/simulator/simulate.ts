/**
 * The payment simulator: pure, deterministic, one pass over the ticks. Same scenario, policies and seed give
 * the same events, ids included (INV-2). Needs nothing of Node or of the browser.
 */
import type { LoadedPolicy } from '../../domain/policy/interpret/ast.ts';
import { describeProblems } from '../../domain/policy/interpret/loadPolicy.ts';
import { cents, type Cents } from '../../lib/units.ts';
import { arrivalProcesses, drawArrivals, escalatePriorities } from './arrivalStep.ts';
import { newBank, type Bank } from './bank.ts';
import { bindPolicy, follow } from './boundPolicy.ts';
import { configuredPolicy } from './builtinPolicies.ts';
import { runCollateralTimers } from './collateral.ts';
import { accrueCosts, chargedTotal, clearBook, compileRates } from './costs.ts';
import { endDay, startSimulatedDay } from './dayStep.ts';
import { settleReleased } from './entry.ts';
import type { EventLog } from './events.ts';
import { applyDeferredCredits, type SettledValue } from './settlement.ts';
import {
  agentOutcome,
  dailyOutcome,
  paymentOutcomes,
  simulatedTick,
  type DailyOutcome,
  type SimulatedTick,
  type SimulationOutcome,
} from './outcome.ts';
import type { AgentConfig, ScenarioConfig } from './scenarioConfig.ts';
import { runScenarioEvents, schedule } from './scenarioStep.ts';
import type { Payment, World } from './world.ts';
import { offsetBilaterally, settleCycles } from './offsetting.ts';
import { compactQueue2, retryQueue2 } from './queue2.ts';
import { engineHold, hold, release } from './release.ts';

export interface SimulationInput {
  readonly scenario: ScenarioConfig;
  /** By agent id; an agent without an entry follows the policy of the scenario. */
  readonly policies: ReadonlyMap<string, LoadedPolicy>;
  /** Instead of the scenario's own `rng_seed`. */
  readonly seed: number;
  readonly log?: EventLog;
  readonly onTick?: (state: SimulatedTick) => void;
}

/** Share of the pool that a policy commits; 0.5 when it names none, as the experiments assume (domain.md 1.1). */
function committedFraction(config: AgentConfig, policy: LoadedPolicy): number | undefined {
  if (config.liquidity_pool === undefined) return undefined;
  return policy.parameters.get('initial_liquidity_fraction') ?? config.liquidity_allocation_fraction ?? 0.5;
}

function policyOf(config: AgentConfig, policies: ReadonlyMap<string, LoadedPolicy>): LoadedPolicy {
  const given = policies.get(config.id);
  if (given !== undefined) return given;
  const configured = configuredPolicy(config.id, config.policy);
  if (!configured.ok) throw new RangeError(`${config.id}: ${describeProblems(configured.error)}`);
  return configured.value;
}

function newWorld({ scenario, policies, seed, log }: SimulationInput): World {
  const banks = scenario.agents.map((config, index) => {
    const policy = policyOf(config, policies);
    return newBank(index, config, bindPolicy(policy), committedFraction(config, policy));
  });
  const { ticks_per_day: ticksPerDay, num_days: days } = scenario.simulation;
  return {
    scenario,
    seed,
    rates: compileRates(scenario.cost_rates),
    banks,
    bankById: new Map(banks.map((bank) => [bank.id, bank])),
    arrivals: arrivalProcesses(banks, seed),
    scheduled: schedule(scenario.scenario_events, ticksPerDay * days),
    log,
    payments: [],
    queue2: [],
    released: [],
    arrivalRateFactor: 1,
    deadlineFactors: [1, 1],
    tick: 0,
    day: 0,
    tickInDay: 0,
    scheduledSettlements: 0,
  };
}

function startTick(world: World, tick: number): void {
  const ticksPerDay = world.scenario.simulation.ticks_per_day;
  world.tick = tick;
  world.day = Math.floor(tick / ticksPerDay);
  world.tickInDay = tick % ticksPerDay;
  for (const bank of world.banks) clearBook(bank.tickCosts);
  if (world.tickInDay === 0) startSimulatedDay(world);
}

/** The sequence of domain.md 7.1. */
function runTick(world: World): void {
  runScenarioEvents(world);
  drawArrivals(world);
  escalatePriorities(world);
  runBankTrees(world);
  runCollateralTimers(world);
  runStrategicCollateral(world);
  runPaymentTrees(world);
  settleReleased(world);
  workQueue2(world);
  runEndOfTickCollateral(world);
  applyDeferredCredits(world);
  accrueCosts(world);
}

function count(banks: readonly Bank[], of: (bank: Bank) => number): number {
  return banks.reduce((sum, bank) => sum + of(bank), 0);
}

function totalCost(banks: readonly Bank[]): Cents {
  return cents(count(banks, (bank) => chargedTotal(bank.costs)));
}

/** Runs the scenario tick by tick: what a tick reported can be taken before the next one is made. */
export function* simulateByTick(input: SimulationInput): Generator<number, SimulationOutcome> {
  const world = newWorld(input);
  const { ticks_per_day: ticksPerDay, num_days: dayCount } = input.scenario.simulation;
  const ticks = ticksPerDay * dayCount;
  const days: DailyOutcome[] = [];
  for (let tick = 0; tick < ticks; tick += 1) {
    startTick(world, tick);
    runTick(world);
    if (world.tickInDay === ticksPerDay - 1) days.push(...endDay(world).map(dailyOutcome));
    if (input.onTick !== undefined) {
      input.onTick(simulatedTick(world));
      for (const bank of world.banks) bank.balanceAtLastTick = bank.balance;
    }
    yield tick;
  }
  return {
    ticks,
    agents: world.banks.map((bank) => agentOutcome(world, bank)),
    days,
    payments: paymentOutcomes(world),
    arrivals: count(world.banks, (bank) => bank.arrivals),
    settlements: count(world.banks, (bank) => bank.settlements),
    totalCostCents: totalCost(world.banks),
  };
}

/** Runs the scenario to its end. */
export function simulate(input: SimulationInput): SimulationOutcome {
  const ticks = simulateByTick(input);
  for (;;) {
    const step = ticks.next();
    if (step.done === true) return step.value;
  }
}

/** Numbers of the algorithms in `AlgorithmExecution` (domain.md 7.2). */
const numbers = { fifo: 1, bilateral: 2, multilateral: 3 } as const;

function run(world: World, algorithm: keyof typeof numbers, step: (world: World) => SettledValue): boolean {
  if (world.queue2.length === 0) return false;
  const { settlements, value } = step(world);
  if (world.scenario.algorithm_sequencing) {
    world.log?.({
      tick: world.tick,
      eventType: 'AlgorithmExecution',
      details: {
        algorithm: numbers[algorithm],
        result: settlements > 0 ? 'Success' : 'NoProgress',
        settlements,
        settled_value: value,
      },
    });
  }
  return settlements > 0;
}

/** Queue 2 once per tick: retry, save liquidity where the scenario allows it, and retry what that set free. */
function workQueue2(world: World): void {
  const { enable_bilateral: bilateral, enable_cycles: cycles } = world.scenario.lsm_config;
  run(world, 'fifo', retryQueue2);
  const offsets = bilateral && run(world, 'bilateral', offsetBilaterally);
  const cycled = cycles && run(world, 'multilateral', settleCycles);
  if (offsets || cycled) run(world, 'fifo', retryQueue2);
}

/** Bank trees: budgets and registers. A budget is for one tick. */
function runBankTrees(world: World): void {
  for (const bank of world.banks) {
    bank.budget = undefined;
    if (bank.policy.bankTree !== undefined) follow(bank.policy.bankTree, { world, bank });
  }
}

function runStrategicCollateral(world: World): void {
  for (const bank of world.banks) {
    if (bank.policy.strategicCollateralTree === undefined) continue;
    follow(bank.policy.strategicCollateralTree, { world, bank });
  }
}

function runEndOfTickCollateral(world: World): void {
  for (const bank of world.banks) {
    if (bank.policy.endOfTickCollateralTree === undefined) continue;
    follow(bank.policy.endOfTickCollateralTree, { world, bank });
  }
}

/** In which order the policy is asked; the queue itself keeps the order of arrival. */
function inOrder(world: World, waiting: readonly Payment[]): readonly Payment[] {
  return world.scenario.queue1_ordering === 'Fifo'
    ? [...waiting]
    : waiting.toSorted((a, b) => b.priority - a.priority || a.deadlineTick - b.deadlineTick);
}

function decideQueue1(world: World, bank: Bank): void {
  for (const payment of inOrder(world, bank.queue1)) {
    const turn = payment.releaseAtTick;
    if (turn === undefined) follow(bank.policy.paymentTree, { world, bank, payment });
    else if (turn <= world.tick) release(world, payment);
    else hold(world, payment, engineHold(`Staggered until tick ${turn}`));
  }
}

/** Drops what has left Queue 1, in place and in order. */
function keepWaiting(queue: Payment[]): void {
  let kept = 0;
  for (const payment of queue) {
    if (payment.state !== 'queue1') continue;
    queue[kept] = payment;
    kept += 1;
  }
  queue.length = kept;
}

function decideQueue2(world: World, bank: Bank): void {
  for (const payment of world.queue2.filter((queued) => queued.sender === bank)) {
    follow(bank.policy.queue2Tree, { world, bank, payment });
  }
  compactQueue2(world);
}

/**
 * Payment trees: once per payment in Queue 1, and once per own payment in Queue 2 where the tree can withdraw
 * or resubmit. A payment withdrawn in this tick is asked about again in the next one.
 */
function runPaymentTrees(world: World): void {
  for (const bank of world.banks) {
    if (bank.queue1.length > bank.day.queue1Peak) bank.day.queue1Peak = bank.queue1.length;
    if (bank.queue1.length > 0) {
      decideQueue1(world, bank);
      keepWaiting(bank.queue1);
    }
    if (bank.policy.queue2Tree !== undefined && bank.queue2Count > 0) decideQueue2(world, bank);
  }
}
