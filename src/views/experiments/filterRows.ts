import type { ExperimentRow } from './useExperimentRows.ts';
import type { ListSearch } from './fields.ts';

/** Rows that have the asked status and hold every word of the query in name, id, file, mode, seed or proposer. */
export function filterRows(rows: readonly ExperimentRow[], search: ListSearch): readonly ExperimentRow[] {
  const words = (search.q ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && search.status === undefined) return rows;
  return rows.filter((row) => {
    if (search.status !== undefined && row.summary.status !== search.status) return false;
    const text = haystack(row);
    return words.every((word) => text.includes(word));
  });
}

function haystack({ summary, file, details }: ExperimentRow): string {
  const parts = [
    summary.name,
    summary.experimentId,
    file.name,
    summary.evaluationMode,
    summary.masterSeed,
    ...(details?.models ?? []),
  ];
  return parts
    .filter((part) => part !== undefined)
    .join('\n')
    .toLowerCase();
}
