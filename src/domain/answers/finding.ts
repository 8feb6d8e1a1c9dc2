/** What the palette is told: things of the open files that can be gone to. */
import type { AgentId, ExperimentId, FileId, SimulationId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';

/** Of one file. */
export interface Findable {
  readonly experiments: readonly {
    readonly experimentId: ExperimentId;
    readonly name: string | undefined;
    /** Undefined where no iteration could be read. */
    readonly lastIteration: number | undefined;
  }[];
  readonly runs: readonly SimulationId[];
}

export interface FoundPayment {
  readonly fileId: FileId;
  readonly simulationId: SimulationId;
  readonly txId: string;
  /** As the stored row has them; undefined where only its arrival is stored. */
  readonly sender: AgentId | undefined;
  readonly receiver: AgentId | undefined;
  readonly amountCents: Cents | undefined;
}
