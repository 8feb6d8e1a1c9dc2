import type { PreparedRun } from '../prepare/prepareRun.ts';

/**
 * Why recorded money can differ from the replayed: only where it is not known what an offset settled. Where the step was
 * played again, or nothing was offset, a difference has another cause, which is not guessed. A sentence.
 */
export function offsetCause({ offsets }: Pick<PreparedRun, 'offsets'>): string | undefined {
  return offsets.kind === 'unknown'
    ? `${offsets.reason} What offsets settled is counted nowhere, so a difference is to be expected.`
    : undefined;
}
