import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';
import type { ReactNode } from 'react';

import type { OpenFile } from '../../data/session/state.ts';
import type { RunFacts, RunSummary, SettledDelay } from '../../domain/answers/experiments.ts';
import type { LinkedRun } from '../../domain/experiment/normalised.ts';
import { unreadableWords } from '../../domain/unreadable.ts';
import { formatMoney, formatPercent, plural, formatCount } from '../../lib/format.ts';
import { simulationId } from '../../lib/ids.ts';
import type { Cents } from '../../lib/units.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useNeighbourKeys } from '../../ui/useShortcuts.ts';
import { hrefTo } from '../../url/addresses.ts';
import { PageHead } from '../shared/Page.tsx';
import { CountBetween, countBetween } from '../shared/Values.tsx';
import { EvidenceButton } from '../shared/evidence/Evidence.tsx';
import { goToPart, useTitle, useAddress } from '../shared/useAddress.ts';
import { shortRunName, linkMeanings } from '../shared/words.ts';
import { runFields } from './fields.ts';
import { paymentsPlace } from './payments/PaymentsCard.tsx';
import type { RunFamily } from './useRunFamily.ts';

/** Payments that settled, whichever way; undefined where an event that would tell cannot be read. */
function settlementsOf({ settlements }: RunSummary): number | undefined {
  if (settlements === undefined) return undefined;
  const { immediate, fromQueue2, offset, inferred, inParts } = settlements;
  return immediate + fromQueue2 + offset + inferred + inParts;
}

interface HeadFigures {
  readonly ticks: number | undefined;
  readonly arrived: number | undefined;
  readonly settled: number | undefined;
  readonly queued: number | undefined;
  /** At some time, and of these at the end of the run. */
  readonly overdue: number | undefined;
  readonly overdueAtEnd: number | undefined;
  readonly costCents: Cents | undefined;
}

/** Recounted from the events; without any, what the run's row stores, and nothing else. */
export function headFigures(summary: RunSummary): HeadFigures {
  const { run, eventCount, tickCount, arrivals, queued, overdue, overdueAtEnd, totalCostCents } = summary;
  if (eventCount > 0) {
    const settled = settlementsOf(summary);
    const counts = { arrived: arrivals, settled, queued, overdue, overdueAtEnd };
    return { ticks: tickCount, ...counts, costCents: totalCostCents };
  }
  const ticks =
    run?.ticksPerDay === undefined || run.dayCount === undefined ? undefined : run.ticksPerDay * run.dayCount;
  return {
    ticks,
    arrived: run?.arrivals,
    settled: run?.settlements,
    queued: undefined,
    overdue: undefined,
    overdueAtEnd: undefined,
    costCents: run?.totalCostCents,
  };
}

/** `12.3`: the mean, rounded half up from whole numbers. */
export function meanDelayText({ ticks, payments }: SettledDelay): string {
  const tenths = Math.floor((20 * ticks + payments) / (2 * payments));
  return `${formatCount(Math.floor(tenths / 10))}.${tenths % 10}`;
}

const isWithin = (stored: number, settled: number, { disputed }: RunSummary): boolean =>
  stored >= settled && stored <= settled + disputed;

/** Where the stored row and the events disagree, one sentence each. */
function storedDifferences(summary: RunSummary): string[] {
  const { run, eventCount } = summary;
  if (run === undefined || eventCount === 0) return [];
  const sentences: string[] = [];
  const { arrivals } = summary;
  if (run.arrivals !== undefined && arrivals !== undefined && run.arrivals !== arrivals) {
    sentences.push(
      `The run’s row counts ${formatCount(run.arrivals)} arrivals, its events ${formatCount(arrivals)}.`,
    );
  }
  const settled = settlementsOf(summary);
  if (
    run.settlements !== undefined &&
    settled !== undefined &&
    !isWithin(run.settlements, settled, summary)
  ) {
    sentences.push(
      `The run’s row counts ${formatCount(run.settlements)} settlements, its events ${countBetween({ low: settled, high: settled + summary.disputed })}.`,
    );
  }
  const { totalCostCents: total } = summary;
  if (run.totalCostCents !== undefined && total !== undefined && run.totalCostCents !== total) {
    sentences.push(
      `The run’s row stores a cost of ${formatMoney(run.totalCostCents)}, its events add up to ${formatMoney(total)}.`,
    );
  }
  return sentences;
}

interface RunHeadProps {
  readonly id: string;
  readonly file: OpenFile;
  readonly summary: RunSummary;
  readonly family: RunFamily;
}

/** Which run this is, with its counts; a stored count that says otherwise is named. */
export function RunHead({ id, file, summary, family }: RunHeadProps) {
  const { search, patch, here } = useAddress(runFields);
  const { run, unreadable } = summary;
  // Where there are events, only what cannot be read is missing.
  const missing = summary.eventCount > 0 ? 'unknown' : 'not recorded';
  const figures = headFigures(summary);
  const delayMissing =
    figures.settled === 0
      ? 'none, nothing settled'
      : summary.settlements === undefined || summary.disputed > 0
        ? 'unknown'
        : 'not recorded';
  const lost = unreadableWords(unreadable);
  const experiment = run?.experimentId;
  const title = titleOfRun(id, run);
  useTitle(title.includes(id) ? title : `${title}, run ${id}`);
  return (
    <>
      <PageHead
        crumbs={[
          ...(experiment === undefined
            ? []
            : [
                {
                  label: experiment,
                  href: hrefTo('/experiments/$experimentId', search, {
                    experimentId: experiment,
                    in: file.name,
                  }),
                  mono: true,
                },
              ]),
          { label: experiment === undefined ? id : withoutPrefix(id, experiment), mono: true },
        ]}
        title={title}
        actions={
          <>
            <Neighbours file={file} family={family} />
            <EvidenceButton file={file} experimentId={experiment} run={simulationId(id)} />
          </>
        }
      >
        <RunOrigin file={file} run={run} />
        {run !== undefined && run.rowCount > 1 && (
          <span>{run.rowCount} rows are stored for this run; the first is used</span>
        )}
        {run?.seed !== undefined && (
          <span>
            seed <b>{run.seed}</b>
          </span>
        )}
        <Count label="ticks" value={figures.ticks} />
        <Count label="arrived" value={figures.arrived} missing={missing} />
        <Count label="settled" value={figures.settled} missing={missing} more={summary.disputed}>
          {summary.disputed === 0 &&
            figures.settled !== undefined &&
            figures.arrived !== undefined &&
            figures.arrived > 0 &&
            ` (${formatPercent(figures.settled / figures.arrived)})`}
        </Count>
        <span title={delayTitle(summary)}>
          mean delay{' '}
          <b>{summary.delay === undefined ? delayMissing : `${meanDelayText(summary.delay)} ticks`}</b>
        </span>
        <Count label="queued" value={figures.queued} />
        {figures.overdue === undefined || figures.overdue === 0 ? (
          <Count label="overdue at some time" value={figures.overdue} missing={missing} />
        ) : (
          <a
            href={here({ outcome: 'late' })}
            title="Lists them under Payments"
            onClick={(event) => {
              if (event.ctrlKey || event.metaKey || event.shiftKey) return;
              event.preventDefault();
              patch({ outcome: 'late' });
              const payments = document.getElementById(paymentsPlace);
              if (payments !== null) goToPart(payments);
            }}
          >
            <Count label="overdue at some time" value={figures.overdue} />
          </a>
        )}
        <Count
          label="overdue at the end"
          value={figures.overdueAtEnd}
          missing={missing}
          more={summary.disputedOverdue}
        />
        <span>
          cost <b>{figures.costCents === undefined ? missing : formatMoney(figures.costCents)}</b>
          {payerWords(summary)}
        </span>
        <span>
          file <b>{file.name}</b>
        </span>
      </PageHead>
      {run === undefined && (
        <Notice tone="warning">
          No row of the run itself is stored: its process is still running, or it died. What its events and
          payments tell is shown.
        </Notice>
      )}
      {lost !== undefined && (
        <Notice tone="warning">{`${lost}. What follows from them is unknown, and counted nowhere.`}</Notice>
      )}
      {storedDifferences(summary).map((sentence) => (
        <Notice key={sentence} tone="warning">
          {sentence}
        </Notice>
      ))}
    </>
  );
}

interface CountProps {
  readonly label: string;
  readonly value: number | undefined;
  /** What stands in place of the value. */
  readonly missing?: string;
  /** So many more are possible. */
  readonly more?: number;
  readonly children?: ReactNode;
}

function Count({ label, value, missing = 'not recorded', more = 0, children }: CountProps) {
  return (
    <span>
      {label}{' '}
      <b>{value === undefined ? missing : <CountBetween bounds={{ low: value, high: value + more }} />}</b>
      {children}
    </span>
  );
}

/** The fraction behind the mean. */
function delayTitle({ delay, disputed }: RunSummary): string {
  if (disputed > 0) return 'It is not known which payments settled, nor when.';
  if (delay === undefined) return 'No payment of this run is known to have settled.';
  return `Arrival to settlement of ${plural(delay.payments, 'settled payment')}: ${plural(delay.ticks, 'tick')} together.`;
}

/** `, all BANK_A` where one bank alone pays. */
function payerWords({ agents, totalCostCents }: RunSummary): string {
  if (totalCostCents === undefined || totalCostCents === 0n) return '';
  if (agents.some(({ costs }) => costs === undefined)) return '';
  const payers = agents.filter(({ costs }) => costs?.totalCents !== 0n);
  return payers.length === 1 && agents.length > 1 ? `, all ${payers[0]?.agentId ?? ''}` : '';
}

function Neighbours({ file, family }: Pick<RunHeadProps, 'file' | 'family'>) {
  const { search, go } = useAddress(runFields);
  const to = (run: LinkedRun | undefined) =>
    run === undefined
      ? undefined
      : hrefTo('/runs/$simulationId', search, { simulationId: run.simulationId, in: file.name });
  const [previous, next] = [to(family.previous), to(family.next)];
  useNeighbourKeys(go, previous, next);
  return (
    <>
      {family.previous !== undefined && previous !== undefined && (
        <LinkButton
          size="small"
          href={previous}
          title="Previous run of the experiment"
          icon={<ArrowLeft size={14} aria-hidden />}
        >
          {runLabel(family.previous)}
        </LinkButton>
      )}
      {family.next !== undefined && next !== undefined && (
        <LinkButton
          size="small"
          href={next}
          title="Next run of the experiment"
          icon={<ArrowRight size={14} aria-hidden />}
        >
          {runLabel(family.next)}
        </LinkButton>
      )}
    </>
  );
}

/** `iteration 4, eval 005`: where the run belongs, then its own name. */
function runLabel(run: LinkedRun): string {
  const name = shortRunName(run);
  return run.iteration === undefined ? name : `iteration ${run.iteration}, ${name}`;
}

/** `Iteration 8, initial run of twelve-period`: its place in its experiment; of a run alone its scenario. */
function titleOfRun(id: string, run: RunFacts | undefined): string {
  const scenario = run?.configName;
  if (run?.experimentId === undefined || run.link === undefined) return scenario ?? `Run ${id}`;
  const name = shortRunName(run.link);
  const place = run.link.iteration === undefined ? '' : `Iteration ${run.link.iteration}, `;
  // A name that is no more than an id says nothing in a heading; the way to the run ends with it.
  const which = name === id ? 'run' : `${name} run`;
  const words = `${place}${which}${scenario === undefined ? '' : ` of ${scenario}`}`;
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

/** The part of a run's id that its experiment's id, which stands before it, does not say. */
function withoutPrefix(id: string, experiment: string): string {
  const rest = id.startsWith(experiment) ? id.slice(experiment.length).replace(/^-/, '') : '';
  return rest === '' ? id : rest;
}

/** Where a run comes from: its iteration, purpose and sample, and how it was matched to them. */
function RunOrigin({ file, run }: { file: OpenFile; run: RunFacts | undefined }) {
  const { search } = useAddress(runFields);
  const experiment = run?.experimentId;
  if (experiment === undefined) return <span>standalone run, no experiment</span>;
  const link = run?.link;
  const k = link?.iteration;
  return (
    <>
      <span>
        {k === undefined ? (
          'run of an experiment, iteration not known'
        ) : (
          <a
            href={hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
              experimentId: experiment,
              iteration: k,
              in: file.name,
            })}
          >
            iteration {k}
          </a>
        )}
      </span>
      {link?.purpose !== undefined && (
        <span>
          purpose <b>{link.purpose}</b>
        </span>
      )}
      {link?.sampleIndex !== undefined && (
        <span>
          sample <b>{link.sampleIndex}</b>
        </span>
      )}
      {link !== undefined && (
        <span>
          linked by <b>{link.linkedBy}</b>: {linkMeanings[link.linkedBy]}
        </span>
      )}
    </>
  );
}
