import { isLarge, type OpenFile } from '../../data/session/state.ts';
import { useAnswer } from '../../data/useAnswer.ts';
import { contradictions } from '../../queries/contradictions.ts';
import type { Contradiction } from '../../domain/contradictions/contradiction.ts';
import type { ExperimentId } from '../../lib/ids.ts';

const none: readonly Contradiction[] = [];

/**
 * The contradictions of one experiment; undefined while they are looked for, and in a large file, where that reads
 * every exchange and sample.
 */
export function useContradictions(
  file: OpenFile,
  experimentId: ExperimentId | undefined,
): readonly Contradiction[] | undefined {
  const { data } = useAnswer({
    ...contradictions.about({ fileId: file.fileId, experimentId }),
    enabled: experimentId !== undefined && !isLarge(file),
  });
  return data === undefined ? undefined : (data[0]?.found ?? none);
}
