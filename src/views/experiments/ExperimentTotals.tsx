import { acceptanceRate } from '../../domain/compare/outcome.ts';
import { experimentStatuses } from '../../domain/experiment/normalised.ts';
import { formatCount, formatPercent, plural } from '../../lib/format.ts';
import { groupBy } from '../../lib/groupBy.ts';
import { statusWords } from '../shared/words.ts';
import { hasSameTotals } from './foldRows.ts';
import type { ExperimentListRow } from './useExperimentRows.ts';

/** What the rows of the list add up to; what could not be added is said. Costs of several experiments have no sum. */
export function ExperimentTotals({ rows }: { readonly rows: readonly ExperimentListRow[] }) {
  return <>{totalWords(rows).join('; ')}.</>;
}

function totalWords(listed: readonly ExperimentListRow[]): readonly string[] {
  const inSeveral = [...groupBy(listed, ({ summary }) => summary.experimentId).values()].filter(
    (same) => new Set(same.map(({ file }) => file.fileId)).size > 1,
  );
  const [copies, versions] = [inSeveral.filter(areCopies), inSeveral.filter((same) => !areCopies(same))];
  // Of an experiment in several files that of the first, as in the folded list.
  const leftOut = new Set(copies.flatMap((same) => same.filter(({ file }) => file !== same[0]?.file)));
  const rows = listed.filter((row) => !leftOut.has(row));
  const twice = [
    copies.length > 0 && `${formatCount(copies.length)} in more than one file, counted once`,
    versions.length > 0 && `${formatCount(versions.length)} with other numbers in another file, each counted`,
  ].filter((words) => words !== false);
  const statuses = experimentStatuses.flatMap((status) => {
    const count = rows.filter(({ summary }) => summary.status === status).length;
    return count === 0 ? [] : [`${formatCount(count)} ${statusWords[status].toLowerCase()}`];
  });
  const iterations = rows.reduce((sum, { summary }) => sum + summary.iterationCount, 0);
  return [
    `${plural(rows.length, 'experiment')}${twice.length === 0 ? '' : ` (${twice.join('; ')})`}: ${statuses.join(', ')}`,
    plural(iterations, 'iteration'),
    ...verdictWordsOf(rows),
  ];
}

/** As far as the list knows them: the totals of its columns and of its picture, and the verdicts once counted. */
function areCopies([first, ...others]: readonly ExperimentListRow[]): boolean {
  return others.every((other) => {
    const counts = [first?.details?.counts, other.details?.counts];
    const sameVerdicts =
      counts[0] === undefined ||
      counts[1] === undefined ||
      (['accepted', 'rejected', 'invalid'] as const).every((key) => counts[0]?.[key] === counts[1]?.[key]);
    return first !== undefined && hasSameTotals(first.summary, other.summary) && sameVerdicts;
  });
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
      (rate === undefined
        ? ''
        : ` (acceptance ${formatPercent(rate, 0)}${invalid === 0 ? '' : ' without the invalid'})`),
    ...notCounted,
  ];
}
