import { type LastDayOnly, lastDayWords, type ExperimentDays } from '../../domain/days.ts';
import { formatCount } from '../../lib/format.ts';
import { countVerdicts, type Verdict } from '../../domain/experiment/verdict.ts';
import type { ExperimentFacts } from '../../domain/answers/experiments.ts';
import type { ExperimentDetail, ExperimentSummary, Proposal } from '../../domain/experiment/normalised.ts';
import { KeyFigures } from '../../ui/FactList.tsx';
import { Money } from '../shared/Values.tsx';
import {
  noCost,
  noFirstCost,
  unreadTotalsWords,
  formatTenths,
  savingTenths,
} from '../shared/experimentWords.ts';
import { ExperimentSetup } from './ExperimentHead.tsx';
import { otherVerdictWords } from '../shared/words.ts';

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
