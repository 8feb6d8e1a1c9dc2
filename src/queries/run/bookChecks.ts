import type { Engine } from '../../engine/engine.ts';
import type { BookCheck } from '../../domain/answers/runs.ts';
import type { RunScope } from '../scope.ts';
import { balanceChecks } from './books/balances.ts';
import { costChecks } from './books/costs.ts';
import { countChecks } from './books/counts.ts';
import { dailyMetricsCheck } from './books/dailyMetrics.ts';
import { tickStateCheck } from './books/tickStates.ts';
import { withUnreadable } from './books/unreadableEvents.ts';
import { preparedRun } from './prepare/preparedRun.ts';

/** Every check of the books of a run, each with its difference and the events behind it. */
export async function bookChecks(
  engine: Engine,
  scope: RunScope,
  signal?: AbortSignal,
): Promise<readonly BookCheck[] | undefined> {
  const run = await preparedRun(engine, scope);
  if (run === undefined) return undefined;
  const checks = [
    ...(await costChecks(engine, run, signal)),
    ...(await balanceChecks(engine, run, signal)),
    ...(await countChecks(engine, run, signal)),
    await tickStateCheck(engine, run, signal),
    await dailyMetricsCheck(engine, run, signal),
  ];
  return withUnreadable(checks, run);
}
