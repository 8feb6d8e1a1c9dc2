import { join, literal, sql, type Sql } from '../lib/sql.ts';
import type { AgentId, ExperimentId, FileId, SimulationId } from '../lib/ids.ts';

/** Which open files a question is about; all of them when nothing is said. */
export interface FileScope {
  readonly fileIds?: readonly FileId[];
}

/** One experiment: its id is unique within a file only. */
export interface ExperimentScope {
  readonly fileId: FileId;
  readonly experimentId: ExperimentId;
}

/** One experiment of a file, or all of them. */
export interface DeskScope {
  readonly fileId: FileId;
  readonly experimentId?: ExperimentId | undefined;
}

export interface IterationScope extends ExperimentScope {
  readonly iteration: number;
}

export interface ExchangeScope extends IterationScope {
  readonly agentId: AgentId;
}

export interface RunListScope extends FileScope {
  /** Files too large or too far away to look for orphans: that scans their events and payments. */
  readonly withoutOrphans?: readonly FileId[];
}

export interface RunScope {
  readonly fileId: FileId;
  readonly simulationId: SimulationId;
}

/** The condition on a relation's `file_id`. */
export function inFiles(scope: FileScope): Sql {
  const ids = scope.fileIds;
  if (ids === undefined) return sql`TRUE`;
  return ids.length === 0 ? sql`FALSE` : sql`file_id IN (${join(ids.map(literal), ', ')})`;
}

/** The condition that picks one experiment. */
export function ofExperiment(scope: ExperimentScope): Sql {
  return sql`file_id = ${scope.fileId} AND experiment_id = ${scope.experimentId}`;
}
