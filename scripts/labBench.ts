/** `npm run bench:lab`: the simulator's speed, by the wall clock and by the time that the processor spent on it. */
import { benchSimulator } from '../src/lab/bench.ts';

const before = process.cpuUsage();
const result = benchSimulator();
const { user, system } = process.cpuUsage(before);
const cpuSeconds = (user + system) / 1e6;

console.log(result);
console.log(`processor: ${cpuSeconds.toFixed(2)} s for 1.1 times as much (a tenth of it to warm up)`);
console.log(
  `${Math.round((1.1 * result.ticksTimesAgents) / cpuSeconds)} ticks x agents per processor second`,
);
