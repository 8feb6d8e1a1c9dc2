/** `npm run bench:lab`: the simulator's speed, by the wall clock and by the time that the processor spent on it. */
import { scenarioConfig } from '../src/lab/simulator/scenarioConfig.ts';
import { simulate } from '../src/lab/simulator/simulate.ts';

interface BenchResult {
  readonly ticksTimesAgents: number;
  readonly events: number;
  readonly payments: number;
  readonly elapsedMs: number;
  /** The figure of docs/performance.md. */
  readonly ticksTimesAgentsPerSecond: number;
}

/** Ten banks in a ring of mutual payments, half a payment per bank and tick, offsetting and all costs on. */
function benchScenario(ticksPerDay: number) {
  const ids = Array.from({ length: 10 }, (_, i) => `BANK_${i}`);
  return scenarioConfig.parse({
    simulation: { ticks_per_day: ticksPerDay, num_days: 1, rng_seed: 42 },
    cost_rates: {
      delay_cost_per_tick_per_cent: 0.0001,
      overdraft_bps_per_tick: 1,
      liquidity_cost_per_tick_bps: 1,
      deadline_penalty: 50_000,
    },
    lsm_config: { enable_bilateral: true, enable_cycles: true },
    agents: ids.map((id) => ({
      id,
      opening_balance: 0,
      liquidity_pool: 500_000,
      arrival_config: {
        rate_per_tick: 0.5,
        amount_distribution: { type: 'LogNormal', mean: 10_000, std_dev: 5_000 },
        counterparty_weights: Object.fromEntries(
          ids.filter((other) => other !== id).map((other) => [other, 1]),
        ),
        deadline_range: [5, 20],
      },
    })),
  });
}

/** Days of 100 ticks, each a run of its own with its own seed, every event built and counted; warmed up. */
function benchSimulator(days = 200): BenchResult {
  const scenario = benchScenario(100);
  const run = (dayCount: number) => {
    let events = 0;
    let payments = 0;
    const start = performance.now();
    for (let day = 0; day < dayCount; day += 1) {
      const log = () => (events += 1);
      payments += simulate({ scenario, policies: new Map(), seed: day, log }).payments.length;
    }
    const elapsedMs = performance.now() - start;
    const ticksTimesAgents = dayCount * 100 * scenario.agents.length;
    const ticksTimesAgentsPerSecond = Math.round((ticksTimesAgents / elapsedMs) * 1000);
    return { ticksTimesAgents, events, payments, elapsedMs, ticksTimesAgentsPerSecond };
  };
  run(Math.ceil(days / 10));
  return run(days);
}

const before = process.cpuUsage();
const result = benchSimulator();
const { user, system } = process.cpuUsage(before);
const cpuSeconds = (user + system) / 1e6;

console.log(result);
console.log(`processor: ${cpuSeconds.toFixed(2)} s for 1.1 times as much (a tenth of it to warm up)`);
console.log(
  `${Math.round((1.1 * result.ticksTimesAgents) / cpuSeconds)} ticks x agents per processor second`,
);
