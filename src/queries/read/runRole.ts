import type { LinkedRun } from '../../domain/experiment/normalised.ts';
import type { EvidenceRun } from '../../domain/answers/runs.ts';

/**
 * The part of a run among the runs of its iteration. A second run of a purpose that has one per iteration is that of
 * a proposal (stored with a flag only); schema B names the iteration of those in a column, of the run itself not
 * (domain.md 3.6).
 */
export function roleOf(run: LinkedRun, ofIteration: readonly LinkedRun[]): EvidenceRun['role'] {
  if (run.purpose === 'bootstrap') return 'sample';
  const isInitial = ({ purpose }: LinkedRun) => purpose === 'initial' || purpose === 'init';
  if (ofIteration.some(isInitial)) return isInitial(run) ? 'context' : 'evaluated';
  const alike = ofIteration.filter(({ purpose }) => purpose === run.purpose);
  const first = alike.find(({ linkedBy }) => linkedBy !== 'column') ?? alike[0];
  return first?.simulationId === run.simulationId ? 'context' : 'evaluated';
}
