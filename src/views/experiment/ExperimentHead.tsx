import type { OpenFile } from '../../data/session/state.ts';
import { formatSeconds, plural } from '../../lib/format.ts';
import { durationBetween, formatTime, hasZone } from '../../lib/storedTime.ts';
import type { ExperimentFacts } from '../../domain/answers/experiments.ts';
import type { ExperimentSummary, IterationRow } from '../../domain/experiment/normalised.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { PageHead } from '../shared/PageHead.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { statusMeanings, statusWords } from '../shared/words.ts';
import { experimentFields } from './fields.ts';

interface ExperimentHeadProps {
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  readonly facts: ExperimentFacts | undefined;
  /** Undefined until they are read. */
  readonly iterations: readonly IterationRow[] | undefined;
}

/** Name, and one line of facts in which stored words are put right. */
export function ExperimentHead({ file, summary, facts, iterations }: ExperimentHeadProps) {
  const { search } = useAddress(experimentFields);
  const { seconds } = durationBetween(summary.startedAt, summary.completedAt);
  const storedOtherwise = summary.storedConverged === true && summary.status !== 'converged';
  const samples = summary.evaluationMode === 'bootstrap' ? summary.numSamples : undefined;
  return (
    <PageHead
      crumbs={[{ label: summary.experimentId, mono: true }]}
      title={summary.name}
      actions={
        <>
          <LinkButton
            size="small"
            href={hrefTo('/experiments/$experimentId/policies', search, {
              experimentId: summary.experimentId,
            })}
          >
            Compare policies
          </LinkButton>
          <LinkButton
            size="small"
            title="In the list, where this one is ticked: tick another"
            href={hrefTo('/experiments', { db: search.db }, { x: [summary.experimentId] })}
          >
            Compare with …
          </LinkButton>
        </>
      }
    >
      <span title={statusMeanings[summary.status]}>
        <b>{statusWords[summary.status]}</b>
        {iterationWords(summary, iterations)}
        {storedOtherwise && <i> (stored as converged)</i>}
      </span>
      {summary.evaluationMode !== undefined && (
        <span>
          mode <b>{summary.evaluationMode}</b>
          {samples !== undefined && <b>, {samples} samples</b>}
        </span>
      )}
      {summary.masterSeed !== undefined && (
        <span>
          seed <b>{summary.masterSeed}</b>
        </span>
      )}
      {facts !== undefined && facts.models.length > 0 && (
        <span>
          proposer <b>{facts.models.join(', ')}</b>
        </span>
      )}
      {summary.startedAt !== undefined && (
        <span
          title={
            hasZone(summary.startedAt) ? 'as stored' : 'local time of the machine that ran, no zone is stored'
          }
        >
          started <b>{formatTime(summary.startedAt, 'minutes')}</b>
          {seconds !== undefined && `, ${formatSeconds(seconds)}`}
        </span>
      )}
      <span>
        file <b>{file.name}</b>
      </span>
    </PageHead>
  );
}

/** ` after 9 iterations`; where some are missing, how many of which are stored. Some writers count from 1. */
function iterationWords(
  { iterationCount: count }: ExperimentSummary,
  iterations: readonly IterationRow[] | undefined,
): string {
  // None stored, or none with a number that can be read: the notice below tells which.
  if (count === 0) return ': no row of an iteration was read';
  const first = iterations?.[0]?.iteration === 1 ? 1 : 0;
  const last = iterations?.at(-1)?.iteration;
  return last === undefined || last - first + 1 === count
    ? ` after ${plural(count, 'iteration')}`
    : `; ${count} stored of iterations ${first} to ${last}`;
}
