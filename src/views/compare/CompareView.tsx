import { useMemo } from 'react';

import { formatMoney } from '../../lib/format.ts';
import { agentId } from '../../lib/ids.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { DataGrid } from '../../ui/grid/DataGrid.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProgressBar } from '../../ui/ProgressBar.tsx';
import { Select } from '../../ui/Select.tsx';
import { ToggleGroup } from '../../ui/ToggleGroup.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { difference } from '../../domain/compare/outcome.ts';
import { DownloadCsv } from '../shared/DownloadCsv.tsx';
import { ErrorNotice } from '../shared/ErrorNotice.tsx';
import { PageBody } from '../shared/PageBody.tsx';
import { PageHead } from '../shared/PageHead.tsx';
import { useAddress } from '../shared/useAddress.ts';
import styles from './Compare.module.css';
import { CompareFigure } from './CompareFigure.tsx';
import { ConfigurationCard } from './ConfigurationCard.tsx';
import { compareFields } from './fields.ts';
import { agentsOf, parametersOf, seriesOf, type FigureSubject } from './figureValues.ts';
import { lineStyle } from './lineStyle.ts';
import { outcomeColumns } from './outcomeColumns.tsx';
import { PoliciesCard } from './PoliciesCard.tsx';
import { useCompared, type Compared } from './useCompared.ts';

const none: readonly string[] = [];

/** Two to twelve experiments beside each other. */
export function CompareView() {
  const { search } = useAddress(compareFields);
  const ids = useMemo(() => [...new Set(search.x ?? none)], [search.x]);
  const { compared, missing, pending, error } = useCompared(ids, search.db);
  return (
    <>
      <PageHead
        crumbs={null}
        title={compared.length === 0 ? 'Compare experiments' : `Compare ${compared.length} experiments`}
        actions={
          <LinkButton size="small" href={hrefTo('/experiments', search, { x: ids })}>
            {ids.length === 0 ? 'Choose experiments' : 'Add or take away'}
          </LinkButton>
        }
      >
        {compared.length === 0 && !pending ? (
          <span>Tick two to twelve experiments in the list, then press Compare.</span>
        ) : (
          <Answer compared={compared} base={search.base} />
        )}
      </PageHead>
      <PageBody>
        {error !== undefined && <ErrorNotice error={error} doing="reading the experiments" />}
        {missing.length > 0 && <Notice>In no open file: {missing.join(', ')}.</Notice>}
        {pending && <ProgressBar doing="Reading the experiments" />}
        {compared.length > 0 && !pending && <Comparison compared={compared} />}
      </PageBody>
    </>
  );
}

const baselineOf = (compared: readonly Compared[], base: string | undefined): Compared | undefined =>
  compared.find(({ id }) => id === base) ?? compared[0];

/** The answer in dollars: how each ends against the baseline. */
function Answer({
  compared,
  base,
}: {
  readonly compared: readonly Compared[];
  readonly base: string | undefined;
}) {
  const baseline = baselineOf(compared, base);
  if (baseline === undefined) return null;
  const { finalCents } = baseline.outcome;
  return (
    <>
      <span>
        {baseline.label} ends at{' '}
        <b>{finalCents === undefined ? 'no recorded cost' : formatMoney(finalCents)}</b>
      </span>
      {compared.map((one) => {
        if (one === baseline) return null;
        const apart = difference(one.outcome.finalCents, finalCents);
        if (apart === undefined) return <span key={one.id}>{one.label}: no recorded final cost</span>;
        const size = apart < 0n ? difference(finalCents, one.outcome.finalCents) : apart;
        return (
          <span key={one.id}>
            {one.label} {apart === 0n ? 'at the same' : <b>{formatMoney(size ?? apart)}</b>}
            {apart !== 0n && (apart < 0n ? ' below' : ' above')}
          </span>
        );
      })}
    </>
  );
}

function Comparison({ compared }: { readonly compared: readonly Compared[] }) {
  const { search } = useAddress(compareFields);
  const baseline = baselineOf(compared, search.base);
  const agents = useMemo(() => agentsOf(compared), [compared]);
  const columns = useMemo(() => outcomeColumns(compared, baseline, agents), [compared, baseline, agents]);
  const byArrivals = compared.some(({ summary }) => summary.evaluationMode === 'bootstrap');
  return (
    <>
      <Chosen compared={compared} baseline={baseline} />
      <FigureCard compared={compared} baseline={baseline} />
      <Card
        title="Outcome"
        aside={
          baseline === undefined ? undefined : `differences are to ${baseline.label}; below zero is cheaper`
        }
        actions={<DownloadCsv name="comparison" columns={columns} rows={compared} />}
      >
        <DataGrid
          name="Comparison"
          columns={columns}
          rows={compared}
          rowKey={({ id }) => id}
          rowHref={({ file, summary, alsoIn }) =>
            hrefTo(
              '/experiments/$experimentId',
              { db: search.db, in: alsoIn.length > 0 ? file.name : undefined },
              { experimentId: summary.experimentId },
            )
          }
          emptyText="No experiment."
          stickyFirstColumn
        />
        {byArrivals && (
          <p className={styles.note}>
            In bootstrap mode arrivals differ by iteration, so the best iteration is no fair comparison.
          </p>
        )}
      </Card>
      <ConfigurationCard compared={compared} />
      {baseline !== undefined && compared.length > 1 && (
        <PoliciesCard compared={compared} baseline={baseline} agents={agents} />
      )}
      {compared.length === 1 && <Notice>One experiment alone: add another to compare it with.</Notice>}
    </>
  );
}

interface ChosenProps {
  readonly compared: readonly Compared[];
  readonly baseline: Compared | undefined;
}

/** The experiments with their lines; one is the baseline, each can be taken away. */
function Chosen({ compared, baseline }: ChosenProps) {
  const { patch } = useAddress(compareFields);
  const ids = compared.map(({ id }) => id);
  return (
    <ul className={styles.chosen} aria-label="Compared experiments">
      {compared.map((one) => {
        const { id, label, summary, facts, outcome, file, alsoIn } = one;
        const { color, dash } = lineStyle(one.place, one === baseline);
        return (
          <li key={id}>
            <svg width="24" height="8" aria-hidden>
              <path d="M1 4h22" stroke={color} strokeWidth="2.5" strokeDasharray={dash} />
            </svg>
            <div className={styles.who}>
              <b title={id}>{label}</b>
              <span>
                {[
                  summary.masterSeed === undefined ? undefined : `seed ${summary.masterSeed}`,
                  facts?.models.join(', '),
                  summary.evaluationMode,
                  `${outcome.iterations} iterations`,
                  file.name,
                ]
                  .filter((part) => part !== undefined && part !== '')
                  .join(' · ')}
              </span>
              {alsoIn.map(({ file: other, same }) => (
                <span key={other.fileId}>
                  also in {other.name}, counted once
                  {same === true && ': the same iterations, costs and parameters'}
                  {same === false &&
                    ': its iterations, costs or parameters differ; these are of ' + file.name}
                </span>
              ))}
            </div>
            {one === baseline ? (
              <span className={styles.baseline}>baseline</span>
            ) : (
              <Button size="small" onClick={() => patch({ base: id })}>
                Set as baseline
              </Button>
            )}
            <Button
              size="small"
              variant="ghost"
              aria-label={`Take away ${label}`}
              onClick={() =>
                patch({
                  x: ids.filter((other) => other !== id),
                  ...(one === baseline ? { base: undefined } : {}),
                })
              }
            >
              ×
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

function FigureCard({ compared, baseline }: ChosenProps) {
  const { search, patch } = useAddress(compareFields);
  const agents = useMemo(() => agentsOf(compared), [compared]);
  const parameters = useMemo(() => parametersOf(compared.map(({ dossier }) => dossier)), [compared]);
  const parameter = parameters.find((name) => name === search.param);
  const named = search.agent === undefined ? undefined : agents.find((agent) => agent === search.agent);
  // A parameter belongs to an agent.
  const agent = parameter === undefined ? named : (named ?? agents[0]);
  const relative = search.against === 'baseline' && baseline !== undefined;
  const subject = useMemo((): FigureSubject => ({ parameter, agent }), [parameter, agent]);
  const series = useMemo(
    () => seriesOf(compared, baseline, subject, relative),
    [compared, baseline, subject, relative],
  );
  const what =
    parameter === undefined
      ? agent === undefined
        ? 'Total cost'
        : `Cost of ${agent}`
      : `${parameter} of ${agent ?? ''}`;
  const name = `${what} by iteration`;
  return (
    <Card
      title={name}
      padded
      actions={
        <>
          <Select
            label="Show"
            hideLabel
            value={parameter ?? ''}
            options={[{ value: '', label: 'cost' }, ...parameters.map((value) => ({ value, label: value }))]}
            onChange={(value) => patch({ param: value === '' ? undefined : value })}
          />
          <Select
            label="Of"
            hideLabel
            value={agent ?? ''}
            options={[
              ...(parameter === undefined ? [{ value: '', label: 'all agents together' }] : []),
              ...agents.map((value) => ({ value: String(value), label: value })),
            ]}
            onChange={(value) => patch({ agent: value === '' ? undefined : agentId(value) })}
          />
          <ToggleGroup
            label="Values"
            value={relative ? 'baseline' : 'absolute'}
            choices={[
              { value: 'absolute', label: 'Absolute' },
              { value: 'baseline', label: 'To baseline' },
            ]}
            onChange={(value) => patch({ against: value === 'baseline' ? value : undefined })}
          />
        </>
      }
    >
      <CompareFigure
        name={name}
        series={series}
        subject={subject}
        caption={
          relative
            ? `Minus ${baseline.label} at the same iteration, as far as that goes.`
            : 'One line an experiment, up to its last iteration; the baseline is dashed.'
        }
      />
    </Card>
  );
}
