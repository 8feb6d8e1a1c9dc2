import { storedAs } from '../../domain/unreadable/lostCells.ts';
import type { LastDayOnly } from '../../domain/days/days.ts';
import { lastDayWords } from '../../domain/days/words.ts';
import { formatMoney } from '../../lib/format.ts';
import { durationBetween, formatTime, hasZone, isTime } from '../../lib/storedTime.ts';
import type { ExperimentDays } from '../../domain/answers/days.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import type { Cents } from '../../lib/units.ts';
import type { Fact } from '../../ui/FactList.tsx';
import { noCost, unreadTotalsWords } from '../shared/noCost.ts';
import { plainReason, statusMeanings, statusWords } from '../shared/words.ts';

/** The end of the loop in plain words, with the stored words where they say something else. */
export function endFacts(summary: ExperimentSummary, days: ExperimentDays | undefined): Fact[] {
  return [
    { label: 'status', value: statusWords[summary.status], note: statusMeanings[summary.status] },
    {
      label: 'reason',
      value: plainReason(summary.convergenceReason, summary.completedAt !== undefined),
      ...(summary.convergenceReason === undefined ? {} : { note: `stored: ${summary.convergenceReason}` }),
    },
    {
      label: 'stored as converged',
      value: summary.storedConverged === undefined ? 'not stored' : summary.storedConverged ? 'yes' : 'no',
    },
    {
      label: 'iterations',
      value: String(summary.iterationCount),
      ...countNote(summary),
    },
    withDays(
      costFact('final cost', summary.finalCostCents, summary.storedFinalCostCents, noCost(summary)),
      days?.final,
    ),
    withDays(bestFact(summary), days?.best),
    timeFact('started', summary.startedAt),
    timeFact('completed', summary.completedAt),
    ...durationFacts(summary),
  ];
}

function timeFact(label: string, text: string | undefined): Fact {
  if (text === undefined) return { label, value: 'not stored' };
  if (!isTime(text)) return { label, value: storedAs(text, 'time') };
  const note = hasZone(text) ? 'as stored, with its zone' : 'local time of the machine that ran';
  return { label, value: formatTime(text), note };
}

/** Only where both times are stored and do not tell: the head of the page says how long it took. */
function durationFacts({ startedAt, completedAt }: ExperimentSummary): Fact[] {
  if (startedAt === undefined || completedAt === undefined) return [];
  const { unknown } = durationBetween(startedAt, completedAt);
  return unknown === undefined ? [] : [{ label: 'duration', value: unknown }];
}

function countNote(summary: ExperimentSummary): { note?: string } {
  const { storedNumIterations, iterationCount } = summary;
  if (storedNumIterations === undefined || storedNumIterations === iterationCount) return {};
  return { note: `the stored counter says ${storedNumIterations}; the rows are counted here` };
}

/** Costs of different bootstrap iterations come from different random arrivals (domain.md 9.3). */
function bestFact(summary: ExperimentSummary): Fact {
  const fact = costFact('best cost', summary.bestCostCents, summary.storedBestCostCents, noCost(summary));
  const notes = [fact.note ?? ''];
  if (summary.evaluationMode === 'bootstrap') {
    notes.push('arrivals differ by iteration, so it is no fair comparison');
  }
  if (summary.unreadableCosts > 0) notes.push(unreadTotalsWords(summary.unreadableCosts));
  return { ...fact, note: notes.join('; ') };
}

function withDays(fact: Fact, only: LastDayOnly | undefined): Fact {
  return only === undefined ? fact : { ...fact, note: `${fact.note ?? ''}; ${lastDayWords(only)}` };
}

/** Costs are summed from the iterations; a stored column is shown beside them and checked. */
function costFact(
  label: string,
  derived: Cents | undefined,
  stored: Cents | undefined,
  absent: string,
): Fact {
  const value = derived === undefined ? absent : formatMoney(derived);
  if (stored === undefined) return { label, value, note: 'summed from the iterations; no stored value' };
  if (stored === derived) return { label, value, note: 'as stored' };
  return { label, value, note: `summed from the iterations; the stored column says ${formatMoney(stored)}` };
}
