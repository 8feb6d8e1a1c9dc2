import type { RunStatus } from '../../domain/experiment/normalised.ts';

/** How a run ended, and whether its own row exists. */
export function runStatusWords(status: RunStatus, kind: 'standalone' | 'orphan'): string {
  if (kind === 'orphan') return 'unfinished: no row of the run itself';
  return status === 'not recorded' ? 'status not recorded' : status;
}
