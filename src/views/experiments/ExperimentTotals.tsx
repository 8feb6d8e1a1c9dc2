import { acceptanceRate } from '../../domain/compare/outcome.ts';
import { experimentStatuses } from '../../domain/experiment/status.ts';
import { formatCount, formatPercent, plural } from '../../lib/format.ts';
import { groupBy } from '../../lib/groupBy.ts';
import { statusWords } from '../shared/words.ts';
import type { ExperimentListRow } from './useExperimentRows.ts';

/** What the rows of the list add up to; what could not be added is said. Costs of several experiments have no sum. */
export function ExperimentTotals({ rows }: { readonly rows: readonly ExperimentListRow[] }) {
  return <>{totalWords(rows).join('; ')}.</>;
}

function totalWords(listed: readonly ExperimentListRow[]): readonly string[] {
  const ofId = [...groupBy(listed, ({ summary }) => summary.experimentId).values()];
  const twice = ofId.filter((same) => new Set(same.map(({ file }) => file.fileId)).size > 1).length;
  // Of an experiment in several files that of the first, as in the folded list.
  const rows = ofId.flatMap((same) => same.filter(({ file }) => file === same[0]?.file));
  const statuses = experimentStatuses.flatMap((status) => {
    const count = rows.filter(({ summary }) => summary.status === status).length;
    return count === 0 ? [] : [`${formatCount(count)} ${statusWords[status].toLowerCase()}`];
  });
  const iterations = rows.reduce((sum, { summary }) => sum + summary.iterationCount, 0);
  return [
    `${plural(rows.length, 'experiment')}${twice === 0 ? '' : ` (${formatCount(twice)} in more than one file, counted once)`}: ${statuses.join(', ')}`,
    plural(iterations, 'iteration'),
    ...verdictWordsOf(rows),
  ];
}

/** Of the experiments whose proposals were all examined. */
function verdictWordsOf(rows: readonly ExperimentListRow[]): readonly string[] {
  const counts = rows.flatMap(({ details }) =>
    details === undefined || details.notExamined > 0 ? [] : [details.counts],
  );
  const open = rows.length - counts.length;
  const notCounted = open === 0 ? [] : [`verdicts of ${plural(open, 'experiment')} not counted`];
  if (counts.length === 0) return notCounted;
  const sum = (key: 'accepted' | 'rejected' | 'invalid') =>
    counts.reduce((total, each) => total + each[key], 0);
  const [accepted, rejected, invalid] = [sum('accepted'), sum('rejected'), sum('invalid')];
  const rate = acceptanceRate({ accepted, rejected });
  return [
    `${formatCount(accepted)} accepted, ${formatCount(rejected)} rejected, ${formatCount(invalid)} invalid` +
      (rate === undefined ? '' : ` (acceptance ${formatPercent(rate, 0)})`),
    ...notCounted,
  ];
}
