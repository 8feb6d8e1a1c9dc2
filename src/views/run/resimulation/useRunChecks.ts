import { useCallback, useEffect, useRef, useState } from 'react';

import { useSession } from '../../../data/SessionContext.tsx';
import type {
  RunCheckResult,
  Obstacle,
  Resimulation,
  Violation,
} from '../../../domain/answers/resimulation.ts';
import { formatCount, plural } from '../../../lib/format.ts';
import type { FileId, SimulationId } from '../../../lib/ids.ts';
import { checkedRuns, moneyOfFile, type CheckScope } from '../../../queries/resimulation.ts';
import {
  checkRun,
  type AskEngine,
  type CheckProgress,
  startBrowserChecker,
} from '../../../resimulate/checkRun.ts';
import type { Status } from '../../../ui/StatusMark.tsx';

/** One run, or all of an experiment or a file. */
type CheckTarget =
  | { readonly kind: 'run'; readonly fileId: FileId; readonly simulationId: SimulationId }
  | ({ readonly kind: 'all' } & CheckScope);

export interface Running {
  readonly runsDone: number;
  /** Undefined while the runs are being listed. */
  readonly runCount: number | undefined;
  readonly progress: CheckProgress | undefined;
}

export interface RunChecksState {
  readonly target: CheckTarget | undefined;
  readonly running: Running | undefined;
  readonly results: readonly RunCheckResult[];
  /** About the file, not about one run. */
  readonly moneyViolations: readonly Violation[];
  readonly wasCancelled: boolean;
  readonly error: Error | undefined;
}

const nothing: RunChecksState = {
  target: undefined,
  running: undefined,
  results: [],
  moneyViolations: [],
  wasCancelled: false,
  error: undefined,
};

const atStart: Running = { runsDone: 0, runCount: undefined, progress: undefined };

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
      const ask: AskEngine = (question) => session.ask((engine) => question(engine, signal), signal);
      // A page that was left, or a check that was begun anew, hears no more of this one.
      const update = (change: (before: RunChecksState) => RunChecksState) => {
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
          run({ runsDone, runCount: ids.length, progress: undefined });
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

/** Why a run cannot be simulated again, as a sentence. */
const obstacleWords: Readonly<Record<Obstacle, string>> = {
  'no-row': 'The run’s own row is not stored, so its seed and scenario are unknown.',
  'not-our-lab':
    'The run does not carry the mark of Iterscope’s lab. The original engine draws other random numbers from the same seed, so simulating again would prove nothing.',
  'other-rules': 'The run was made by other rules of the lab than this app has.',
  'no-scenario': 'The scenario is not stored: the persistence level was summary.',
  'no-events': 'No events are stored: there is nothing to compare with.',
  'events-gone': 'The run was stored with its events, and they are gone.',
  'no-seed': 'The seed is not stored.',
  'bad-scenario': 'The stored scenario is not one that the simulator reads.',
  'bad-policy': 'A stored policy cannot be loaded.',
  stopped: 'The simulator stopped, which it did not when the run was stored.',
};

type Outcome = 'identical' | 'different' | 'violations' | 'cannot';

/** What the reader should see first of a result. */
export function checkOutcome({ resimulation, violations }: RunCheckResult): Outcome {
  if (resimulation.kind === 'identical' && violations.length > 0) return 'violations';
  return resimulation.kind;
}

export const checkMarks: Readonly<Record<Outcome, Status>> = {
  identical: { shape: 'dot', tone: 'accepted', word: 'identical' },
  different: { shape: 'cross', tone: 'rejected', word: 'differs' },
  violations: { shape: 'triangle', tone: 'invalid', word: 'identical, books differ' },
  cannot: { shape: 'bar', tone: 'quiet', word: 'cannot be simulated again' },
};

export function eventsWord(count: number): string {
  return plural(count, 'event');
}

export function whereDifferent(resimulation: Resimulation): string | undefined {
  if (resimulation.kind !== 'different') return undefined;
  const { index, tick } = resimulation.first;
  return `event ${formatCount(index)}, tick ${formatCount(tick)}`;
}

export function whyNot(resimulation: Resimulation): string | undefined {
  if (resimulation.kind !== 'cannot') return undefined;
  const { obstacle, detail } = resimulation;
  return detail === undefined ? obstacleWords[obstacle] : `${obstacleWords[obstacle]} (${detail})`;
}

/** One line over all runs that were checked. */
export function tally(results: readonly RunCheckResult[]): string {
  const count = (outcome: Outcome) => results.filter((result) => checkOutcome(result) === outcome).length;
  const events = results.reduce((sum, result) => sum + result.events, 0);
  const parts = [
    `${formatCount(count('identical'))} identical`,
    ...(count('violations') > 0
      ? [`${formatCount(count('violations'))} identical with books that differ`]
      : []),
    `${formatCount(count('different'))} with a difference`,
    `${formatCount(count('cannot'))} that cannot be simulated again`,
  ];
  const runs = plural(results.length, 'run');
  return `${runs}: ${parts.join(', ')}. ${eventsWord(events)} compared.`;
}
