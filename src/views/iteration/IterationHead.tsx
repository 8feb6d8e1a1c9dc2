import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';

import type { OpenFile } from '../../data/session/state.ts';
import { formatNaiveTime } from '../../lib/format.ts';
import type { IterationDetail } from '../../domain/answers/experiments.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { Breadcrumbs } from '../../ui/Breadcrumbs.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { useShortcuts } from '../../ui/useShortcuts.ts';
import { hrefTo, paths } from '../../url/addresses.ts';
import { Money } from '../shared/Money.tsx';
import { PageHead } from '../shared/PageHead.tsx';
import { useAddress } from '../shared/useAddress.ts';

interface IterationHeadProps {
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  readonly detail: IterationDetail;
}

/** Which iteration of what, and the ways to its neighbours. */
export function IterationHead({ file, summary, detail }: IterationHeadProps) {
  const { search, go } = useAddress();
  const kept = search.in === undefined ? {} : { in: search.in };
  const to = (k: number | undefined) =>
    k === undefined ? undefined : hrefTo(paths.iteration(summary.experimentId, k), search, kept);
  const previous = to(detail.previousIteration);
  const next = to(detail.nextIteration);
  useShortcuts({
    '[': () => {
      if (previous !== undefined) go(previous);
    },
    ']': () => {
      if (next !== undefined) go(next);
    },
  });
  return (
    <PageHead
      crumbs={
        <Breadcrumbs
          crumbs={[
            { label: 'Experiments', href: hrefTo(paths.experiments(), search) },
            {
              label: summary.experimentId,
              href: hrefTo(paths.experiment(summary.experimentId), search, {
                ...kept,
                iteration: detail.iteration,
              }),
              mono: true,
            },
            { label: `iteration ${detail.iteration}` },
          ]}
        />
      }
      title={`Iteration ${detail.iteration}`}
      actions={
        <>
          {previous !== undefined && (
            <LinkButton size="small" href={previous} icon={<ArrowLeft size={14} aria-hidden />}>
              Iteration {detail.previousIteration}
            </LinkButton>
          )}
          {next !== undefined && (
            <LinkButton size="small" href={next} icon={<ArrowRight size={14} aria-hidden />}>
              Iteration {detail.nextIteration}
            </LinkButton>
          )}
        </>
      }
    >
      <span>
        of <b>{summary.name}</b>, 0 to {detail.lastIteration}
      </span>
      <span title="sum over the agents of the cost of the policies in force">
        total cost{' '}
        <b>
          <Money cents={detail.totalCents} missing="an agent’s cost is missing" />
        </b>
      </span>
      {detail.recordedAt !== undefined && (
        <span title="local time of the machine that ran">
          recorded <b>{formatNaiveTime(detail.recordedAt)}</b>
        </span>
      )}
      <span>
        file <b>{file.name}</b>
      </span>
    </PageHead>
  );
}
