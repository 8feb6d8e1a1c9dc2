import { CostCurves } from '../../charts/CostCurves.tsx';
import { firstBy, groupBy } from '../../lib/groupBy.ts';
import { formatMoney, listOf } from '../../lib/format.ts';
import { Card } from '../../ui/Card.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { Money } from '../shared/Values.tsx';
import { noCost } from '../shared/experimentWords.ts';
import { useAddress } from '../shared/useAddress.ts';
import { listFields } from './fields.ts';
import styles from './ExperimentsView.module.css';
import type { ExperimentListRow } from './useExperimentRows.ts';

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
