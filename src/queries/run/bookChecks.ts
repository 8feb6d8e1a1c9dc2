import type { BookCheck } from '../../domain/answers/runs.ts';
import { defineQuery } from '../query.ts';
import type { RunScope } from '../scope.ts';
import { balanceChecks } from './books/balances.ts';
import { costChecks } from './books/costs.ts';
import { countChecks } from './books/counts.ts';
import { dailyMetricsCheck } from './books/dailyMetrics.ts';
import { tickStateCheck } from './books/tickStates.ts';
import { withUnreadable } from './books/unreadableEvents.ts';
import { preparedRun } from './prepare/preparedRun.ts';

/** Every check of the books of a run, each with its difference and the events behind it. */
export const bookChecks = defineQuery({
  name: 'bookChecks',
  scope: 'run',
  async run(engine, scope: RunScope, signal): Promise<readonly BookCheck[] | undefined> {
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
  },
});
