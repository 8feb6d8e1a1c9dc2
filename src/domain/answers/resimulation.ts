/** Simulating a stored run again: what is handed over, and what comes of it. */
import type { AgentId, SimulationId } from '../../lib/ids.ts';
import type { SimulationRunRow } from '../../schema/models/experiments.ts';

/** Everything that a run starts from, as stored; JSON as text. */
export interface RunInputs {
  readonly simulationId: SimulationId;
  readonly configJson: string;
  readonly policies: readonly PolicyInForce[];
  readonly seed: bigint;
  readonly eventCount: number;
  readonly totals: Pick<SimulationRunRow, 'totalTransactions' | 'totalSettlements' | 'totalCostCents'>;
}

export interface PolicyInForce {
  readonly agentId: AgentId;
  readonly fromTick: number;
  readonly policyJson: string;
}

/** An event as it is stored, or as it would be; details are JSON text. */
export interface EventText {
  readonly tick: number;
  readonly eventType: string;
  readonly agentId: string | undefined;
  readonly txId: string | undefined;
  readonly details: string;
}

/** The first event that is not the same. One side is absent where its events came to an end. */
export interface FirstDifference {
  /** Place in the order of the run, from 0. */
  readonly index: number;
  readonly tick: number;
  readonly stored: EventText | undefined;
  readonly simulated: EventText | undefined;
}

/** Why a run cannot be simulated again. */
export type Obstacle =
  | 'no-row'
  | 'not-our-lab'
  | 'other-rules'
  | 'no-scenario'
  | 'no-events'
  | 'events-gone'
  | 'no-seed'
  | 'bad-scenario'
  | 'bad-policy'
  | 'stopped';

export interface Hindrance {
  readonly obstacle: Obstacle;
  /** What was wrong, where there is more to say. */
  readonly detail: string | undefined;
}

export type Resimulation =
  | { readonly kind: 'identical' }
  | { readonly kind: 'different'; readonly first: FirstDifference }
  | ({ readonly kind: 'cannot' } & Hindrance);

/** What was found about one run. */
export interface RunCheckResult {
  readonly simulationId: SimulationId;
  readonly resimulation: Resimulation;
  /** Events that were compared and replayed; 0 where that could not be begun. */
  readonly events: number;
  /** Money that is not whole, and rows that do not follow from the events; the first ones. */
  readonly violations: readonly Violation[];
}

/** A promise of the schema that stored data breaks; an empty list of these is what every check hopes for. */
export interface Violation {
  /** INV-1 money is integer, INV-2 and INV-5 a run repeats itself, INV-6 events tell everything (domain.md 7.5). */
  readonly invariant: 'INV-1' | 'INV-2' | 'INV-5' | 'INV-6';
  /** The table, run or agent it is about. */
  readonly subject: string;
  readonly message: string;
  /** Where in the run, when it is about a tick of it. */
  readonly tick?: number | undefined;
  /** The table that holds the rows, when they are not events. */
  readonly table?: string | undefined;
}

/** Both sides as text, for amounts and lists alike. */
export function mismatch(what: string, expected: unknown, actual: unknown): string {
  return `${what}: ${String(expected)} expected, ${String(actual)} found`;
}
