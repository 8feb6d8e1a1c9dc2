import type { RunCheckResult } from '../domain/answers/resimulation.ts';
import { defineQuery } from '../queries/query.ts';
import type { RunScope } from '../queries/scope.ts';
import { startBrowserChecker, type Checker } from './checker.ts';
import { checkRun } from './checkRun.ts';

/** A run of our lab simulated again, as an answer that is kept. */
export const resimulatedRun = defineQuery({
  name: 'resimulatedRun',
  scope: 'run',
  async run(engine, params: RunScope, signal): Promise<RunCheckResult> {
    const checker = takeChecker();
    const end = (): void => checker.close();
    signal?.addEventListener('abort', end, { once: true });
    try {
      const result = await checkRun((question) => question(engine, signal), checker, params);
      leave(checker);
      return result;
    } catch (cause) {
      checker.close();
      throw cause;
    } finally {
      signal?.removeEventListener('abort', end);
    }
  },
});

/** Runs are asked one after the other: the worker of one serves the next. */
let idle: { readonly checker: Checker; readonly timer: ReturnType<typeof setTimeout> } | undefined;
const idleMs = 5_000;

function takeChecker(): Checker {
  if (idle === undefined) return startBrowserChecker();
  const { checker, timer } = idle;
  clearTimeout(timer);
  idle = undefined;
  return checker;
}

function leave(checker: Checker): void {
  if (idle !== undefined) {
    checker.close();
    return;
  }
  const timer = setTimeout(() => {
    idle = undefined;
    checker.close();
  }, idleMs);
  idle = { checker, timer };
}
