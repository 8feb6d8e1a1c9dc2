import { settleCycles } from './cycles.ts';
import { offsetBilaterally } from './offsetting.ts';
import { retryQueue2 } from './queue2.ts';
import type { Progress } from './settlement.ts';
import type { World } from './world.ts';

/** Numbers of the algorithms in `AlgorithmExecution` (domain.md 7.2). */
const numbers = { fifo: 1, bilateral: 2, multilateral: 3 } as const;

function run(world: World, algorithm: keyof typeof numbers, step: (world: World) => Progress): boolean {
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
export function workQueue2(world: World): void {
  const { enable_bilateral: bilateral, enable_cycles: cycles } = world.scenario.lsm_config;
  run(world, 'fifo', retryQueue2);
  const offsets = bilateral && run(world, 'bilateral', offsetBilaterally);
  const cycled = cycles && run(world, 'multilateral', settleCycles);
  if (offsets || cycled) run(world, 'fifo', retryQueue2);
}
