import type { OpenFile } from '../../data/session/state.ts';
import { formatSeconds, plural } from '../../lib/format.ts';
import { durationBetween, formatTime, hasZone } from '../../lib/storedTime.ts';
import type { ExperimentFacts } from '../../domain/answers/experiments.ts';
import type { ExperimentSummary, IterationRow } from '../../domain/experiment/normalised.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { ExtractButton } from '../shared/extract/ExtractButton.tsx';
import { PageHead } from '../shared/Page.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { statusMeanings, statusWords } from '../shared/words.ts';
import { experimentFields } from './fields.ts';

interface ExperimentHeadProps {
  readonly file: OpenFile;
  readonly summary: ExperimentSummary;
  /** Something is there to review. */
  readonly hasProposals: boolean;
  /** Undefined until they are read. */
  readonly iterations: readonly IterationRow[] | undefined;
}

/** Name, and how it ended, in which stored words are put right. */
export function ExperimentHead({ file, summary, hasProposals, iterations }: ExperimentHeadProps) {
  const { search } = useAddress(experimentFields);
  const storedOtherwise = summary.storedConverged === true && summary.status !== 'converged';
  return (
    <PageHead
      crumbs={[{ label: file.name }, { label: summary.experimentId, mono: true }]}
      title={summary.name}
      oneLine
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
          {hasProposals && (
            <LinkButton
              size="small"
              href={hrefTo('/experiments/$experimentId/proposals', search, {
                experimentId: summary.experimentId,
              })}
            >
              Review on the desk
            </LinkButton>
          )}
          <ExtractButton chosen={[{ fileId: file.fileId, experimentId: summary.experimentId }]} />
        </>
      }
    >
      <span title={statusMeanings[summary.status]}>
        <b>{statusWords[summary.status]}</b>
        {iterationWords(summary, iterations)}
        {storedOtherwise && <i> (stored as converged)</i>}
      </span>
    </PageHead>
  );
}

/** How it was run, in two short lines. */
export function ExperimentSetup({ summary, facts }: ExperimentSetupProps) {
  const { evaluationMode: mode, numSamples, masterSeed, startedAt } = summary;
  const { seconds } = durationBetween(startedAt, summary.completedAt);
  const samples = mode === 'bootstrap' ? numSamples : undefined;
  const models = facts?.models ?? [];
  return (
    <>
      <div>
        {mode !== undefined && (
          <span>
            mode{' '}
            <b>
              {mode}
              {samples !== undefined && `, ${samples} samples`}
            </b>
          </span>
        )}
        {masterSeed !== undefined && (
          <span>
            seed <b>{masterSeed}</b>
          </span>
        )}
      </div>
      <div>
        {models.length > 0 && (
          <span>
            proposer <b>{models.join(', ')}</b>
          </span>
        )}
        {startedAt !== undefined && (
          <span
            title={`started ${formatTime(startedAt, 'minutes')}, ${hasZone(startedAt) ? 'as stored' : 'local time of the machine that ran, no zone is stored'}`}
          >
            {seconds === undefined ? (
              formatTime(startedAt, 'minutes')
            ) : (
              <>
                took <b>{formatSeconds(seconds)}</b>
              </>
            )}
          </span>
        )}
      </div>
    </>
  );
}

interface ExperimentSetupProps {
  readonly summary: ExperimentSummary;
  /** Undefined until they are read. */
  readonly facts: ExperimentFacts | undefined;
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
