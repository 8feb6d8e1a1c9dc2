/** What one experiment's file tells about its simulation runs; the input of `linkRuns.ts`. */
import type { ExperimentId, SimulationId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';

/** A row of a run, as stored. */
export interface StoredRun {
  readonly simulationId: SimulationId;
  /** Its own iteration column. */
  readonly iteration: number | undefined;
  readonly purpose: string | undefined;
  readonly sampleIndex: number | undefined;
  /** 0 stands for "not known" in every B file (domain.md 0.8). */
  readonly seed: bigint | undefined;
  readonly ticksPerDay: number | undefined;
  readonly dayCount: number | undefined;
  readonly arrivals: number | undefined;
  readonly settlements: number | undefined;
  readonly totalCostCents: Cents | undefined;
  readonly status: string | undefined;
}

/** A `simulation_run` event. */
export interface RunEvent {
  readonly simulationId: SimulationId;
  /** Of the row; 0 also when the writer knew none (domain.md 3.6). */
  readonly iteration: number;
  readonly purpose: string | undefined;
  /** The true seed. */
  readonly seed: bigint | undefined;
}

export interface RunEvidence {
  readonly experimentId: ExperimentId;
  readonly runs: readonly StoredRun[];
  readonly events: readonly RunEvent[];
  /** `experiment_iterations.evaluation_simulation_id`, by run. */
  readonly evaluationIterations: ReadonlyMap<SimulationId, number>;
  /** Seed of each iteration for the first optimised agent; empty when it cannot be computed. */
  readonly iterationSeeds: readonly { readonly iteration: number; readonly seed: bigint }[];
  /** Highest stored iteration, -1 without any. */
  readonly lastIteration: number;
}
