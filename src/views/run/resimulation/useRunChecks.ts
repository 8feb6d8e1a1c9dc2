import { useCallback, useEffect, useRef, useState } from 'react';

import { useSession } from '../../../data/SessionContext.tsx';
import { checkedRuns, moneyOfFile, type CheckScope } from '../../../queries/resimulation/checkedRuns.ts';
import { startBrowserChecker } from '../../../resimulate/checker.ts';
import { checkRun, type Ask, type CheckProgress } from '../../../resimulate/checkRun.ts';
import type { FileId, SimulationId } from '../../../lib/ids.ts';
import type { Violation } from '../../../domain/replay/violation.ts';
import type { RunCheckResult } from '../../../domain/answers/resimulation.ts';

/** One run, or all of an experiment or a file. */
export type CheckTarget =
  | { readonly kind: 'run'; readonly fileId: FileId; readonly simulationId: SimulationId }
  | ({ readonly kind: 'all' } & CheckScope);

export interface Running {
  readonly runsDone: number;
  /** Undefined while the runs are being listed. */
  readonly runCount: number | undefined;
  readonly run: SimulationId | undefined;
  readonly progress: CheckProgress | undefined;
}

export interface RunChecks {
  readonly target: CheckTarget | undefined;
  readonly running: Running | undefined;
  readonly results: readonly RunCheckResult[];
  /** About the file, not about one run. */
  readonly moneyViolations: readonly Violation[];
  readonly wasCancelled: boolean;
  readonly error: Error | undefined;
}

const nothing: RunChecks = {
  target: undefined,
  running: undefined,
  results: [],
  moneyViolations: [],
  wasCancelled: false,
  error: undefined,
};

const atStart: Running = { runsDone: 0, runCount: undefined, run: undefined, progress: undefined };

/** Checks runs in a worker of their own, one after the other; leaving the page stops them. */
export function useRunChecks() {
  const session = useSession();
  const [checks, setChecks] = useState(nothing);
  const controller = useRef<AbortController>(undefined);

  const cancel = useCallback(() => controller.current?.abort(), []);
  useEffect(() => cancel, [cancel]);

  const start = useCallback(
    async (target: CheckTarget) => {
      controller.current?.abort();
      const own = new AbortController();
      controller.current = own;
      const { signal } = own;
      const ask: Ask = (question) => session.ask((engine) => question(engine, signal), signal);
      // A page that was left, or a check that was begun anew, hears no more of this one.
      const update = (change: (before: RunChecks) => RunChecks) => {
        if (controller.current === own) setChecks(change);
      };
      const run = (running: Partial<Running>) =>
        update((before) => ({ ...before, running: { ...(before.running ?? atStart), ...running } }));
      setChecks({ ...nothing, target, running: atStart });
      const endWork = session.beginWork();
      const checker = startBrowserChecker();
      signal.addEventListener('abort', () => checker.close(), { once: true });
      try {
        const { fileId } = target;
        const ids =
          target.kind === 'run'
            ? [target.simulationId]
            : await ask((engine, own) => checkedRuns(engine, target, own));
        if (target.kind === 'all') {
          const moneyViolations = await ask((engine, own) => moneyOfFile(engine, target, own));
          update((before) => ({ ...before, moneyViolations }));
        }
        for (const [runsDone, simulationId] of ids.entries()) {
          run({ runsDone, runCount: ids.length, run: simulationId, progress: undefined });
          const result = await checkRun(ask, checker, { fileId, simulationId }, (progress) =>
            run({ progress }),
          );
          signal.throwIfAborted();
          update((before) => ({ ...before, results: [...before.results, result] }));
        }
        update((before) => ({ ...before, running: undefined }));
      } catch (cause) {
        const error = signal.aborted ? undefined : cause instanceof Error ? cause : new Error(String(cause));
        update((before) => ({ ...before, running: undefined, wasCancelled: signal.aborted, error }));
      } finally {
        checker.close();
        endWork();
      }
    },
    [session],
  );
  return { checks, start, cancel };
}
