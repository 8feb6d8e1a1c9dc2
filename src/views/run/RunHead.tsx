import type { OpenFile } from '../../data/session/state.ts';
import { formatCount } from '../../lib/format.ts';
import type { RunSummary } from '../../schema/answers.ts';
import { Breadcrumbs } from '../../ui/Breadcrumbs.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { hrefTo, paths } from '../../url/addresses.ts';
import { Money } from '../shared/Money.tsx';
import { PageHead } from '../shared/PageHead.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { settlementsOf, storedDifferences } from './runCounts.ts';

interface RunHeadProps {
  readonly id: string;
  readonly file: OpenFile;
  readonly summary: RunSummary;
}

/** Which run this is, with its counts; a stored count that says otherwise is named. */
export function RunHead({ id, file, summary }: RunHeadProps) {
  const { search } = useAddress();
  const { run } = summary;
  const settled = settlementsOf(summary);
  const experiment = run?.experimentId;
  return (
    <>
      <PageHead
        crumbs={
          <Breadcrumbs
            crumbs={[
              { label: 'Experiments', href: hrefTo(paths.experiments(), search) },
              ...(experiment === undefined
                ? []
                : [
                    {
                      label: experiment,
                      href: hrefTo(paths.experiment(experiment), search, { in: file.name }),
                      mono: true,
                    },
                  ]),
              { label: id, mono: true },
            ]}
          />
        }
        title={run?.configName ?? id}
      >
        <span>{experiment === undefined ? 'standalone run, no experiment' : 'run of an experiment'}</span>
        {run?.seed !== undefined && (
          <span>
            seed <b>{run.seed}</b>
          </span>
        )}
        <span>
          ticks <b>{formatCount(summary.tickCount)}</b>
        </span>
        <span>
          arrived <b>{formatCount(summary.arrivals)}</b>
        </span>
        <span>
          settled <b>{formatCount(settled)}</b>
          {summary.arrivals > 0 && ` (${((100 * settled) / summary.arrivals).toFixed(1)} %)`}
        </span>
        <span>
          queued <b>{formatCount(summary.queued)}</b>
        </span>
        <span>
          overdue <b>{formatCount(summary.overdue)}</b>
        </span>
        <span>
          cost{' '}
          <b>
            <Money cents={summary.totalCostCents} />
          </b>
        </span>
        <span>
          file <b>{file.name}</b>
        </span>
      </PageHead>
      {run === undefined && (
        <Notice tone="warning">
          No row of the run itself is stored: its process died. What its events and payments tell is shown.
        </Notice>
      )}
      {storedDifferences(summary).map((sentence) => (
        <Notice key={sentence} tone="warning">
          {sentence}
        </Notice>
      ))}
    </>
  );
}
