/** How an experiment ended, in honest words: the stored `converged` is true on a spent budget too. */
export const experimentStatuses = ['unfinished', 'converged', 'budget_exhausted', 'stopped'] as const;
export type ExperimentStatus = (typeof experimentStatuses)[number];

/** The rule of domain.md 9.2. `completedAt` undefined means running, or the process died. */
export function deriveStatus(stored: {
  readonly completedAt: string | undefined;
  readonly converged: boolean | undefined;
  readonly convergenceReason: string | undefined;
}): ExperimentStatus {
  if (stored.completedAt === undefined) return 'unfinished';
  if (stored.convergenceReason?.startsWith('Max iterations') === true) return 'budget_exhausted';
  return stored.converged === true ? 'converged' : 'stopped';
}

/** How a simulation run ended. A row that says `running` in a file at rest was never finished. */
export type RunStatus = 'completed' | 'failed' | 'unfinished' | 'not recorded';

export function deriveRunStatus(stored: string | undefined): RunStatus {
  if (stored === 'completed' || stored === 'failed') return stored;
  return stored === 'running' ? 'unfinished' : 'not recorded';
}

/** The loop counted iterations and no row of one was read: their number is unknown, not 0. */
export function areIterationsUnread(summary: {
  readonly iterationCount: number;
  readonly storedNumIterations: number | undefined;
}): boolean {
  return summary.iterationCount === 0 && (summary.storedNumIterations ?? 0) > 0;
}
