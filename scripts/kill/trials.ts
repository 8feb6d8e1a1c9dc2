import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { firstDifference } from '../../src/lab/invariants/tableContents.ts';
import { contentsOf, inspect } from './inspect.ts';
import { runAndKill } from './killAt.ts';
import { iterationCount, runPlan } from './plan.ts';

export interface KillTrial {
  readonly delayMs: number;
  readonly wasKilled: boolean;
  /** Whole iterations found in the file after the kill. */
  readonly iterationsLeft: number;
  readonly hadWal: boolean;
  readonly faults: readonly string[];
}

async function killAndContinue(
  folder: string,
  name: string,
  delayMs: number,
  expected: ReadonlyMap<string, readonly string[]>,
): Promise<KillTrial> {
  const path = join(folder, name);
  const death = await runAndKill(path, delayMs);
  const hadWal = existsSync(`${path}.wal`);
  const left = existsSync(path) ? await inspect(path) : { iterations: 0, isComplete: false, faults: [] };
  const faults = [...left.faults];
  if (left.iterations < (death.lastReported ?? -1) + 1) {
    faults.push(
      `iteration ${death.lastReported ?? '?'} was reported as stored, ${left.iterations} are there`,
    );
  }
  if (left.isComplete && left.iterations < iterationCount) faults.push('complete before its end');
  await runPlan(path, () => undefined);
  const difference = firstDifference(expected, await contentsOf(path));
  if (difference !== undefined) faults.push(`continued to another end: ${difference}`);
  return { delayMs, wasKilled: death.wasKilled, iterationsLeft: left.iterations, hadWal, faults };
}

/**
 * Kills the lab at `count` points spread over a run (evenly, each moved at random by `random`), and lets each
 * file be continued; one uninterrupted run says what the end must be.
 */
export async function runTrials(
  count: number,
  random: () => number,
  onTrial: (trial: KillTrial) => void = () => undefined,
): Promise<readonly KillTrial[]> {
  const folder = mkdtempSync(join(tmpdir(), 'iterscope-kill-'));
  try {
    const whole = join(folder, 'whole.duckdb');
    const { elapsedMs } = await runAndKill(whole, 3_600_000);
    const expected = await contentsOf(whole);
    const trials: KillTrial[] = [];
    for (let i = 0; i < count; i += 1) {
      const delayMs = ((i + random()) / count) * elapsedMs;
      const trial = await killAndContinue(folder, `killed-${i}.duckdb`, delayMs, expected);
      trials.push(trial);
      onTrial(trial);
    }
    return trials;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
