import { groupBy } from '../../lib/groupBy.ts';
import type { ExperimentId, FileId } from '../../lib/ids.ts';

interface Keyed {
  readonly fileId: FileId | string;
  readonly experimentId: ExperimentId | string;
}

/** One text per experiment of the open files; a line break occurs in no file id. */
export function experimentKey({ fileId, experimentId }: Keyed): string {
  return `${fileId}\n${experimentId}`;
}

export function groupByExperiment<T extends Keyed>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> {
  return groupBy(rows, experimentKey);
}
