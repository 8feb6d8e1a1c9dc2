import { formatMoney, formatNaiveTime } from '../../lib/format.ts';
import type { ExperimentSummary } from '../../domain/experiment/normalised.ts';
import type { Cents } from '../../lib/units.ts';
import type { Fact } from '../../ui/FactList.tsx';
import { plainReason, statusMeanings, statusWords } from '../shared/words.ts';

/** The end of the loop in plain words, with the stored words where they say something else. */
export function endFacts(summary: ExperimentSummary): Fact[] {
  const time = (text: string | undefined) => (text === undefined ? 'not stored' : formatNaiveTime(text));
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
    costFact('final cost', summary.finalCostCents, summary.storedFinalCostCents, absenceOf(summary)),
    bestFact(summary),
    { label: 'started', value: time(summary.startedAt), note: 'local time of the machine that ran' },
    { label: 'completed', value: time(summary.completedAt) },
  ];
}

function countNote(summary: ExperimentSummary): { note?: string } {
  const { storedNumIterations, iterationCount } = summary;
  if (storedNumIterations === undefined || storedNumIterations === iterationCount) return {};
  return { note: `the stored counter says ${storedNumIterations}; the rows are counted here` };
}

/** Costs of different bootstrap iterations come from different random arrivals (domain.md 9.3). */
function bestFact(summary: ExperimentSummary): Fact {
  const fact = costFact('best cost', summary.bestCostCents, summary.storedBestCostCents, absenceOf(summary));
  if (summary.evaluationMode !== 'bootstrap') return fact;
  return { ...fact, note: `${fact.note ?? ''}; arrivals differ by iteration, so it is no fair comparison` };
}

/** A sum over a part that cannot be read is unknown. */
function absenceOf({ unreadableCosts }: ExperimentSummary): string {
  return unreadableCosts > 0 ? 'unknown: a stored cost cannot be read' : 'not recorded';
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
