import { parseSimulationId, type ExperimentId } from '../../lib/ids.ts';

/** What the id of a run says, where it is one of the two known forms and names this experiment. */
export interface RunName {
  readonly purpose: string;
  /** From `{experiment}-iter{N}-{purpose}` (schema A). */
  readonly iteration?: number;
  readonly sample?: number;
  /** From `{experiment}-sim-{counter}-{purpose}` (schema B): rises with each simulation, stored or not. */
  readonly counter?: number;
}

const counted = /^(?<counter>[0-9]+)-(?<purpose>[a-z_]+)$/;

/** The exact `-sim-` separator: a prefix alone could be that of a longer experiment id (domain.md 11.24). */
export function readRunName(simulationId: string, experiment: ExperimentId): RunName | undefined {
  const prefix = `${experiment}-sim-`;
  if (simulationId.startsWith(prefix)) {
    const groups = counted.exec(simulationId.slice(prefix.length))?.groups;
    if (groups?.purpose === undefined) return undefined;
    return { counter: Number(groups.counter), purpose: groups.purpose };
  }
  const parts = parseSimulationId(simulationId);
  if (parts?.experimentId !== experiment) return undefined;
  const { iteration, purpose, sample } = parts;
  return sample === undefined ? { iteration, purpose } : { iteration, purpose, sample };
}

const commonWords = new Map([
  ['init', 'initial'],
  ['initial_bootstrap', 'initial'],
  ['eval', 'evaluation'],
]);

/** One vocabulary for both schemas (domain.md 8); words that are not known stay as they are. */
export function commonPurpose(stored: string | undefined): string | undefined {
  return stored === undefined ? undefined : (commonWords.get(stored) ?? stored);
}
