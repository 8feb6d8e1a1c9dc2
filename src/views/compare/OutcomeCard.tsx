import { memo, useMemo } from 'react';

import { compareConfigurations, sharedSeedWords, type ComparedKey } from '../../domain/compare/groups.ts';
import { nearestCents, spreadOf } from '../../domain/compare/outcome.ts';
import { interval95, testFinals, type Tested, type TestedPass } from '../../domain/compare/significance.ts';
import { formatMoney } from '../../lib/format.ts';
import { canonicalJson, isJsonObject, parseJson, type Json } from '../../lib/json.ts';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import type { GridColumn } from '../../ui/grid/gridColumn.ts';
import { hrefTo } from '../../url/addresses.ts';
import { Missing } from '../shared/Values.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Compare.module.css';
import { agentsOf, type Entry } from './entries.ts';
import { compareFields } from './fields.ts';
import { outcomeColumns, outcomeRows } from './outcomeColumns.tsx';
import type { Compared } from './useCompared.ts';

interface OutcomeCardProps {
  readonly entries: readonly Entry[];
  readonly compared: readonly Compared[];
}

/** What each came to, and what can be said of groups. */
export function OutcomeCard({ entries, compared }: OutcomeCardProps) {
  const { search } = useAddress(compareFields);
  const agents = useMemo(() => agentsOf(compared), [compared]);
  const columns = useMemo(() => outcomeColumns(entries, agents), [entries, agents]);
  const rows = useMemo(() => outcomeRows(entries), [entries]);
  const baseline = entries.find(({ isBaseline }) => isBaseline);
  const byArrivals = compared.some(({ summary }) => summary.evaluationMode === 'bootstrap');
  return (
    <Card
      title="Outcome"
      aside={
        baseline === undefined ? undefined : `differences are to ${baseline.label}; below zero is cheaper`
      }
    >
      <DataGrid
        name="Comparison"
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
        rowHref={({ one, entry }) => {
          const shown = one ?? entry.members[0];
          return hrefTo(
            '/experiments/$experimentId',
            {
              db: search.db,
              in:
                shown !== undefined && (shown.alsoIn.length > 0 || shown.id !== shown.summary.experimentId)
                  ? shown.file.name
                  : undefined,
            },
            { experimentId: shown?.summary.experimentId ?? '' },
          );
        }}
        emptyText="No experiment."
        stickyFirstColumn
      />
      <GroupStatistics entries={entries} />
      {byArrivals && (
        <p className={styles.note}>
          In bootstrap mode arrivals differ by iteration, so the best iteration is no fair comparison.
        </p>
      )}
    </Card>
  );
}

/** Of each group the mean of its final costs with its interval, and a test against the baseline or why there is none. */
const GroupStatistics = memo(function GroupStatistics({ entries }: { readonly entries: readonly Entry[] }) {
  const baseline = entries.find(({ isBaseline }) => isBaseline);
  return entries
    .filter(({ isGroup, isBaseline }) => isGroup || (!isBaseline && baseline?.isGroup === true))
    .map((entry) => (
      <p key={entry.key} className={styles.note} aria-label={`Statistics of ${entry.label}`}>
        {entry.isGroup ? spreadWords(entry) : `${entry.label}:`}
        {entry.isGroup && seedWords(entry)}
        {baseline !== undefined && !entry.isBaseline && (
          <>
            {' '}
            {testWords(testFinals(entry.members.map(testedPass), baseline.members.map(testedPass)), baseline)}
          </>
        )}
      </p>
    ));
});

const moneyWords = (value: number): string => formatMoney(nearestCents(value));

function spreadWords({ label, members }: Entry): string {
  const spread = spreadOf(members.map(({ outcome }) => outcome.finalCents));
  if (spread === undefined) return `Final of ${label}: not recorded.`;
  const { count, absent, mean, deviation } = spread;
  const interval = interval95(spread);
  const parts = [`mean ${moneyWords(mean)} of ${count}${absent > 0 ? ` (${absent} not recorded)` : ''}`];
  parts.push(
    deviation === undefined
      ? 'no standard deviation of a single pass'
      : `standard deviation ${moneyWords(deviation)} (n - 1)`,
  );
  parts.push(
    interval === undefined
      ? 'no interval of the mean: it needs three passes'
      : `95 % interval of the mean ${moneyWords(interval[0])} to ${moneyWords(interval[1])} (t, ${count - 1} degrees of freedom)`,
  );
  return `Final of ${label}: ${parts.join(', ')}.`;
}

function seedWords({ members }: Entry): string {
  const words = sharedSeedWords(members.map(({ summary }) => summary.masterSeed));
  return words === undefined ? '' : ` Take care: ${words}.`;
}

function testWords(tested: Tested, baseline: Entry): string {
  if ('refused' in tested) return `No test against ${baseline.label}: ${tested.refused}.`;
  const { name, assumes, difference, interval, t, degrees, p } = tested;
  const sign = difference > 0 ? '+' : '';
  return (
    `Against ${baseline.label}: ${sign}${moneyWords(difference)}, 95 % interval ${moneyWords(interval[0])} to ${moneyWords(interval[1])}; ` +
    `${name}: t = ${t.toFixed(2)}, ${Number(degrees.toFixed(1))} degrees of freedom, p ${p < 0.001 ? '< 0.001' : `= ${p.toFixed(3)}`} (two-sided). It assumes that ${assumes}.`
  );
}

const testedPass = ({ outcome, summary }: Compared): TestedPass => ({
  finalCents: outcome.finalCents,
  seed: summary.masterSeed,
  evaluationMode: summary.evaluationMode,
  scenario: scenarioOf(summary.configText),
});

/** The scenario as far as the configuration tells it: in full, or the name of its file in whatever folder. */
function scenarioOf(configText: string | undefined): string | undefined {
  const config = configText === undefined ? undefined : parseJson(configText);
  if (config?.ok !== true || !isJsonObject(config.value)) return undefined;
  const { scenario, scenario_path: path } = config.value;
  if (scenario !== undefined) return canonicalJson(scenario);
  return typeof path === 'string' ? path.split('/').at(-1) : undefined;
}

/** The configurations side by side: what differs first, what is equal folded. */
export function ConfigurationCard({ entries }: { readonly entries: readonly Entry[] }) {
  const compared = useMemo(() => entries.flatMap(({ members }) => members), [entries]);
  const keys = useMemo(() => compareConfigurations(compared.map(configurationOf)), [compared]);
  const columns = useMemo(() => keyColumns(entries), [entries]);
  const differing = keys.filter(({ differs }) => differs);
  const equal = keys.filter(({ differs }) => !differs);
  return (
    <Card title="Only what differs" aside={`${differing.length} of ${keys.length} keys`}>
      {compared.some(({ facts }) => facts === undefined) ? (
        <ProgressBar doing="Reading the configurations" />
      ) : (
        <>
          {differing.length === 0 ? (
            <p className={styles.note}>The stored configurations are equal.</p>
          ) : (
            <DataGrid
              name="Configuration, what differs"
              columns={columns}
              rows={differing}
              whole={equal.length === 0 ? undefined : { columns, rows: keys }}
              rowKey={({ key }) => key}
              emptyText=""
              stickyFirstColumn
            />
          )}
          {equal.length > 0 && (
            <div className={styles.folded}>
              <Disclosure summary={`Equal: ${equal.length} keys`}>
                <DataGrid
                  name="Configuration, what is equal"
                  columns={columns}
                  rows={equal}
                  rowKey={({ key }) => key}
                  emptyText=""
                  stickyFirstColumn
                />
              </Disclosure>
            </div>
          )}
        </>
      )}
    </Card>
  );
}

/** As stored, and the proposers, which stand in the exchanges. */
function configurationOf({ facts }: Compared): Json | undefined {
  if (facts === undefined) return undefined;
  const stored = parseJson(facts.configText);
  const models = facts.models.length === 0 ? {} : { 'proposer, of its exchanges': facts.models.join(', ') };
  if (!stored.ok || stored.value === null || typeof stored.value !== 'object' || Array.isArray(stored.value))
    return models;
  return { ...models, ...stored.value };
}

/** A column an experiment; of a group the values of its passes, each once. */
function keyColumns(entries: readonly Entry[]): readonly GridColumn<ComparedKey>[] {
  let next = 0;
  const places = entries.map(({ members }) => {
    const first = next;
    next += members.length;
    return [first, next] as const;
  });
  return [
    { id: 'key', header: 'Key', value: ({ key }) => key, width: 220 },
    ...entries.map(({ key, label }, i): GridColumn<ComparedKey> => {
      const [from, to] = places[i] ?? [0, 0];
      const words = ({ values }: ComparedKey) => {
        const found = new Set(values.slice(from, to));
        if (found.size === 1 && found.has(undefined)) return undefined;
        return [...found].map((value) => value ?? 'not stored').join(', ');
      };
      return {
        id: key,
        header: label,
        value: words,
        render: (row) => words(row) ?? <Missing why="not stored" />,
        width: 190,
      };
    }),
  ];
}
