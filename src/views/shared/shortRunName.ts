import { parseSimulationId } from '../../lib/ids.ts';
import type { LinkedRun } from '../../domain/experiment/normalised.ts';

/** `init 011` for `…-sim-011-init`, the purpose for a structured id, else the whole id. */
export function shortRunName(run: Pick<LinkedRun, 'simulationId'>): string {
  const counted = /-sim-(\d+)-(\w+)$/.exec(run.simulationId);
  if (counted !== null) return `${counted[2]} ${counted[1]}`;
  const parts = parseSimulationId(run.simulationId);
  if (parts === undefined) return run.simulationId;
  return parts.sample === undefined ? parts.purpose : `${parts.purpose} ${parts.sample}`;
}
