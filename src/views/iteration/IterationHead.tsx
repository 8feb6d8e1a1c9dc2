import ArrowLeft from 'lucide-react/icons/arrow-left';
import ArrowRight from 'lucide-react/icons/arrow-right';

import type { LastDayOnly } from '../../domain/days.ts';
import type { OpenFile } from '../../data/session/state.ts';
import { formatTime, hasZone } from '../../lib/storedTime.ts';
import type { IterationDetail } from '../../domain/answers/experiments.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { useNeighbourKeys } from '../../ui/useShortcuts.ts';
import { hrefTo } from '../../url/addresses.ts';
import { LastDay } from '../shared/LastDay.tsx';
import { Money } from '../shared/Values.tsx';
import { EvidenceButton } from '../shared/evidence/Evidence.tsx';
import { PageHead } from '../shared/Page.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { iterationFields } from './fields.ts';

interface IterationHeadProps {
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  readonly detail: IterationDetail;
  /** Where its total cost is that of the last day alone. */
  readonly lastDay: LastDayOnly | undefined;
}

/** A sum over a part that cannot be read is unknown. */
function totalMissing({ agents }: IterationDetail): string {
  const unread = agents.find(({ storedCost }) => storedCost !== undefined);
  return unread === undefined
    ? 'an agent’s cost is missing'
    : `unknown: the cost of ${unread.agentId} cannot be read`;
}

/** Which iteration of what, and the ways to its neighbours. */
export function IterationHead({ file, summary, detail, lastDay }: IterationHeadProps) {
  const { search, go } = useAddress(iterationFields);
  const to = (k: number | undefined) =>
    k === undefined
      ? undefined
      : hrefTo('/experiments/$experimentId/iterations/$iteration', search, {
          experimentId: summary.experimentId,
          iteration: k,
        });
  const previous = to(detail.previousIteration);
  const next = to(detail.nextIteration);
  useNeighbourKeys(go, previous, next);
  return (
    <PageHead
      crumbs={[
        {
          label: summary.experimentId,
          href: hrefTo('/experiments/$experimentId', search, {
            experimentId: summary.experimentId,
            iteration: detail.iteration,
          }),
          mono: true,
        },
        { label: `iteration ${detail.iteration}` },
      ]}
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
          <EvidenceButton file={file} experimentId={summary.experimentId} iteration={detail.iteration} />
        </>
      }
    >
      <span>
        of <b>{summary.name}</b>
        {detail.lastIteration < 0 ? ': no row of an iteration was read' : `, 0 to ${detail.lastIteration}`}
      </span>
      <span title="sum over the agents of the cost of the policies in force">
        total cost{' '}
        <b>
          <Money cents={detail.totalCents} missing={totalMissing(detail)} />
        </b>
        <LastDay only={lastDay} />
      </span>
      {detail.recordedAt !== undefined && (
        <span title={hasZone(detail.recordedAt) ? 'as stored' : 'local time of the machine that ran'}>
          recorded <b>{formatTime(detail.recordedAt)}</b>
        </span>
      )}
      <span>
        file <b>{file.name}</b>
      </span>
    </PageHead>
  );
}
