import type { IterationRow } from '../../domain/experiment/normalised.ts';

/** Why an iteration has no total; a sum over a part that cannot be read is unknown. */
export function totalMissing({ unreadableCosts }: Pick<IterationRow, 'unreadableCosts'>): string {
  const [agent] = unreadableCosts.keys();
  return agent === undefined ? 'an agent’s cost is missing' : `unknown: the cost of ${agent} cannot be read`;
}
