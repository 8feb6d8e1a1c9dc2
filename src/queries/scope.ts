import { join, literal, sql, type Sql } from '../lib/sql.ts';
import type { AgentId, ExperimentId, FileId, SimulationId } from '../lib/ids.ts';

/** One of the open files. */
export interface FileScope {
  readonly fileId: FileId;
}

/** All open files. */
export interface FilesScope {
  readonly fileIds: readonly FileId[];
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

export interface RunScope {
  readonly fileId: FileId;
  readonly simulationId: SimulationId;
}

/** The condition on a relation's `file_id`. */
export function inFiles({ fileIds }: FilesScope): Sql {
  return fileIds.length === 0 ? sql`FALSE` : sql`file_id IN (${join(fileIds.map(literal), ', ')})`;
}

/** The condition that picks one file. */
export function inFile({ fileId }: FileScope): Sql {
  return sql`file_id = ${fileId}`;
}

/** The condition that picks one experiment. */
export function ofExperiment(scope: ExperimentScope): Sql {
  return sql`file_id = ${scope.fileId} AND experiment_id = ${scope.experimentId}`;
}

/** The condition that picks one experiment, or all of a file. */
export function inDeskScope({ fileId, experimentId }: DeskScope): Sql {
  return experimentId === undefined ? inFile({ fileId }) : ofExperiment({ fileId, experimentId });
}
