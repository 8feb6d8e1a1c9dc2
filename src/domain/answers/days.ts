/** What the question about costs of runs of several days answers with. */
import type { LastDayOnly } from '../days/days.ts';
import type { AgentId, ExperimentId, SimulationId } from '../../lib/ids.ts';

/** Stored costs of a file that are those of the last day of their run alone; what is not named covers its whole run. */
export interface DayCosts {
  /** By the stored total of the run. */
  readonly runs: ReadonlyMap<SimulationId, LastDayOnly>;
  /** Experiments with such an iteration. */
  readonly experiments: ReadonlyMap<ExperimentId, ExperimentDays>;
}

export interface ExperimentDays {
  readonly iterations: ReadonlyMap<number, IterationDays>;
  /** Of the total of the first, the last and the cheapest iteration. */
  readonly first: LastDayOnly | undefined;
  readonly final: LastDayOnly | undefined;
  readonly best: LastDayOnly | undefined;
}

/** Of the costs of one iteration. */
export interface IterationDays {
  readonly total: LastDayOnly | undefined;
  readonly agents: ReadonlyMap<AgentId, LastDayOnly>;
}
