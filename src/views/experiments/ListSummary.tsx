import { CostCurves } from '../../charts/Sparkline.tsx';
import { acceptanceRate } from '../../domain/compare/outcome.ts';
import { experimentStatuses } from '../../domain/experiment/normalised.ts';
import { formatMoney, listOf, formatCount, formatPercent, plural } from '../../lib/format.ts';
import { firstBy, groupBy } from '../../lib/groupBy.ts';
import { Card } from '../../ui/Card.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { Money } from '../shared/Values.tsx';
import { noCost } from '../shared/experimentWords.ts';
import { useAddress } from '../shared/useAddress.ts';
import { statusWords } from '../shared/words.ts';
import styles from './ExperimentsView.module.css';
import { listFields } from './fields.ts';
import { hasSameTotals } from './foldRows.ts';
import type { ExperimentListRow } from './useExperimentList.ts';
/** Colours of lines that can be told apart in one panel (`--x-1` and so on). */
const mostInPanel = 6;
/** With more rows than these the list itself fills the screen. */
const mostRows = 14;

interface PassesCardProps {
  readonly rows: readonly ExperimentListRow[];
  /** Where the page of a row is: its address fields and its parameters. */
  readonly hrefOf: (row: ExperimentListRow) => string;
}

/** Under a short list: the experiments of each name over one another, to see at a glance whether they agree. */
export function PassesCard({ rows, hrefOf }: PassesCardProps) {
  const { search } = useAddress(listFields);
  const drawn = rows.filter(({ summary }) => summary.sparklineCents.some((total) => total !== undefined));
  if (drawn.length === 0 || rows.length > mostRows) return null;
  // One that stands in several files is drawn once.
  const once = firstBy(drawn, ({ summary }) => summary.experimentId).values();
  const groups = [...groupBy(once, ({ summary }) => summary.name)];
  return (
    <Card title="Total cost by iteration" aside="experiments of one name together" padded>
      <ul className={styles.passes}>
        {groups.map(([name, all]) => {
          const shown = all.slice(0, mostInPanel);
          const ids = shown.map(({ summary }) => summary.experimentId);
          return (
            <li key={name} className={styles.pass}>
              <div className={styles.passHead}>
                <h3>{name}</h3>
                {all.length > shown.length && (
                  <span>
                    {shown.length} of {all.length}
                  </span>
                )}
                {ids.length > 1 && (
                  <a href={hrefTo('/compare', { db: search.db }, { x: ids })}>Compare these {ids.length}</a>
                )}
              </div>
              <CostCurves
                label={`${name}: ${listOf(shown.map(curveWords))}`}
                curves={shown.map((row, at) => ({
                  key: row.key,
                  values: row.summary.sparklineCents,
                  iterationCount: row.summary.iterationCount,
                  color: `var(--x-${at + 1})`,
                }))}
              />
              <ul className={styles.ends}>
                {shown.map((row, at) => (
                  <li key={row.key}>
                    <span
                      className={styles.swatch}
                      style={{ background: `var(--x-${at + 1})` }}
                      aria-hidden
                    />
                    <a href={hrefOf(row)}>{lastPart(row)}</a>
                    <Money cents={row.summary.finalCostCents} missing={noCost(row.summary)} />
                  </li>
                ))}
              </ul>
              {shown.some(({ summary }) => summary.evaluationMode === 'bootstrap') && (
                <p>Arrivals differ by iteration.</p>
              )}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}

/** The last part of an id that the original's loop made, by which passes differ; else the whole id. */
const lastPart = ({ summary: { experimentId } }: ExperimentListRow): string =>
  /-\d{8}-\d{6}-([^-]+)$/.exec(experimentId)?.[1] ?? experimentId;

function curveWords(row: ExperimentListRow): string {
  const { firstCostCents: first, finalCostCents: final } = row.summary;
  return first === undefined || final === undefined
    ? `${lastPart(row)} ${noCost(row.summary)}`
    : `${lastPart(row)} from ${formatMoney(first)} to ${formatMoney(final)}`;
}

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
