import type { OpenFile } from '../../data/session/state.ts';
import type { ExperimentFacts } from '../../domain/answers/experiments.ts';
import { type LastDayOnly, lastDayWords, type ExperimentDays } from '../../domain/days.ts';
import type {
  ExperimentSummary,
  IterationRow,
  ExperimentDetail,
  Proposal,
} from '../../domain/experiment/normalised.ts';
import { countVerdicts, type Verdict } from '../../domain/experiment/verdict.ts';
import { formatSeconds, plural, formatCount } from '../../lib/format.ts';
import { durationBetween, formatTime, hasZone } from '../../lib/storedTime.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { KeyFigures } from '../../ui/FactList.tsx';
import { hrefTo } from '../../url/addresses.ts';
import { PageHead } from '../shared/Page.tsx';
import { Money } from '../shared/Values.tsx';
import {
  noCost,
  noFirstCost,
  unreadTotalsWords,
  formatTenths,
  savingTenths,
} from '../shared/experimentWords.ts';
import { ExtractButton } from '../shared/extract/ExtractButton.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { statusMeanings, statusWords, otherVerdictWords } from '../shared/words.ts';
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
function ExperimentSetup({ summary, facts }: ExperimentSetupProps) {
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

interface ResultFiguresProps {
  readonly summary: ExperimentSummary;
  readonly detail: ExperimentDetail;
  readonly days: ExperimentDays | undefined;
  /** Undefined until they are read. */
  readonly facts: ExperimentFacts | undefined;
}

/** More agents than these would need a line of their own. */
const mostCounted = 2;

/** The outcome in five numbers. */
export function ResultFigures({ summary, detail, days, facts }: ResultFiguresProps) {
  const { firstCostCents, finalCostCents, bestCostCents } = summary;
  const missing = noCost(summary);
  const saving = savingTenths(firstCostCents, finalCostCents);
  const finalIsBest = finalCostCents !== undefined && finalCostCents === bestCostCents;
  const of = (verdict: Verdict) => detail.proposals.filter((proposal) => proposal.verdict === verdict);
  const accepted = of('accepted');
  const rejected = of('rejected');
  const others = otherVerdictWords(countVerdicts(detail.proposals));
  return (
    <KeyFigures
      label="Outcome"
      aside={<ExperimentSetup summary={summary} facts={facts} />}
      figures={[
        {
          value: <Money cents={firstCostCents} missing={noFirstCost(summary)} />,
          caption: `first total${dayCaption(days?.first)}`,
        },
        {
          value: <Money cents={finalCostCents} missing={missing} />,
          caption: finalIsBest
            ? `final total, also the ${bestWord(summary)}${caveat(summary)}${dayCaption(days?.final)}`
            : `final total${dayCaption(days?.final)}`,
        },
        ...(finalIsBest
          ? []
          : [
              {
                value: <Money cents={bestCostCents} missing={missing} />,
                caption: `${bestWord(summary)} total${caveat(summary)}${dayCaption(days?.best)}`,
              },
            ]),
        ...(firstCostCents === undefined || finalCostCents === undefined
          ? []
          : [
              saving === undefined
                ? { value: 'undefined', caption: 'saving in percent: the first total is not above zero' }
                : {
                    value: formatTenths(saving),
                    caption: saving < 0n ? 'saving: dearer than the first' : 'saving',
                    tone: saving > 0n ? ('good' as const) : undefined,
                  },
            ]),
        { value: formatCount(accepted.length), unit: 'accepted', caption: perAgent(detail, accepted) },
        {
          value: formatCount(rejected.length),
          unit: 'rejected',
          caption: [perAgent(detail, rejected), others === undefined ? '' : `and ${others}`]
            .filter(Boolean)
            .join('; '),
        },
      ]}
    />
  );
}

function dayCaption(only: LastDayOnly | undefined): string {
  return only === undefined ? '' : `, ${lastDayWords(only)}`;
}

/**
 * Costs of different bootstrap iterations come from different random arrivals (domain.md 9.3); a total that cannot be
 * read may have been lower.
 */
function caveat({ evaluationMode, unreadableCosts }: ExperimentSummary): string {
  const said = [
    ...(evaluationMode === 'bootstrap' ? ['arrivals differ'] : []),
    ...(unreadableCosts > 0 ? [unreadTotalsWords(unreadableCosts)] : []),
  ];
  return said.length === 0 ? '' : ` (${said.join('; ')})`;
}

function bestWord({ evaluationMode }: ExperimentSummary): string {
  return evaluationMode === 'bootstrap' ? 'lowest' : 'best';
}

/** How the proposals spread over the agents; of more than two, whose are the most. */
function perAgent(detail: ExperimentDetail, proposals: readonly Proposal[]): string {
  const counts = new Map<string, number>();
  for (const { agentId } of proposals) counts.set(agentId, (counts.get(agentId) ?? 0) + 1);
  const { agents } = detail;
  if (agents.length <= mostCounted) {
    return agents.map((agent) => `${agent} ${counts.get(agent) ?? 0}`).join(', ');
  }
  const most = Math.max(0, ...counts.values());
  if (most === 0) return `by none of ${formatCount(agents.length)} agents`;
  const whose = [...counts].filter(([, count]) => count === most).map(([agent]) => agent);
  const who = whose.length === 1 ? (whose[0] ?? '') : `${formatCount(whose.length)} agents`;
  return `most by ${who}, ${formatCount(most)}${whose.length === 1 ? '' : ' each'}`;
}
