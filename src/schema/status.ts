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
