import type { Cents } from '../../lib/units.ts';
import { countValue, moneyValue, textValue, type Contradiction } from './contradiction.ts';

/** What the row of an experiment says of itself, and what its iterations give. */
export interface ExperimentRecord {
  readonly completed: boolean;
  readonly evaluationMode: string | undefined;
  readonly storedNumIterations: number | undefined;
  readonly storedConverged: boolean | undefined;
  readonly convergenceReason: string | undefined;
  readonly storedFinalCostCents: Cents | undefined;
  readonly storedBestCostCents: Cents | undefined;
  /** Column and configuration, exact digits; undefined where one is not stored. */
  readonly storedMasterSeed: string | undefined;
  readonly configuredMasterSeed: string | undefined;
  /** Every stored row in the order of the iterations, repeated ones included. */
  readonly iterations: readonly IterationTotal[];
  /** Agents whose costs are summed. */
  readonly agentCount: number;
}

interface IterationTotal {
  readonly iteration: number;
  readonly totalCents: Cents | undefined;
}

export function experimentContradictions(record: ExperimentRecord): readonly Contradiction[] {
  return [
    ...missingIterations(record.iterations),
    ...repeatedIterations(record.iterations),
    ...countOfIterations(record),
    ...finalCost(record),
    ...bestCost(record),
    ...convergedAgainstReason(record),
    ...masterSeeds(record),
  ];
}

/** So many missing iterations are named; a gap may span a billion. */
const namedIterations = 20;

/** Some writers count from 1: an experiment that starts there misses nothing before it. */
function missingIterations(rows: readonly IterationTotal[]): Contradiction[] {
  const stored = [...new Set(rows.map((row) => row.iteration))];
  const last = stored.at(-1);
  if (last === undefined) return [];
  const first = stored[0] === 1 ? 1 : 0;
  const count = last - first + 1 - stored.length;
  if (count <= 0) return [];
  const missing: number[] = [];
  let expected = first;
  for (const iteration of stored) {
    for (; expected < iteration && missing.length < namedIterations; expected += 1) missing.push(expected);
    expected = iteration + 1;
  }
  return [
    {
      code: 'iteration-gap',
      subject: {},
      stored: countValue(stored.length),
      recomputed: countValue(last - first + 1),
      facts: { missing: { iterations: missing, count }, span: { first, last, stored: stored.length } },
    },
  ];
}

function repeatedIterations(rows: readonly IterationTotal[]): Contradiction[] {
  const found: Contradiction[] = [];
  for (let at = 0; at < rows.length;) {
    const iteration = rows[at]?.iteration;
    let end = at + 1;
    while (end < rows.length && rows[end]?.iteration === iteration) end += 1;
    if (end - at > 1) {
      found.push({
        code: 'duplicate-iteration',
        subject: { iteration },
        stored: countValue(end - at),
        recomputed: countValue(1),
        facts: { totals: rows.slice(at, end).map((row) => row.totalCents) },
      });
    }
    at = end;
  }
  return found;
}

/** The writer fills the counter at completion; until then it is 0 (domain.md 9.3). */
function countOfIterations(record: ExperimentRecord): Contradiction[] {
  const { completed, storedNumIterations: stored, iterations } = record;
  if (!completed || stored === undefined) return [];
  const counted = new Set(iterations.map((row) => row.iteration)).size;
  const last = iterations.at(-1)?.iteration ?? -1;
  // With a gap the counter may speak of all iterations that ran: the gap is what is wrong then.
  if (stored === counted || (last + 1 > counted && stored === last + 1)) return [];
  return [
    {
      code: 'iteration-count',
      subject: {},
      stored: countValue(stored),
      recomputed: countValue(counted),
      facts: {},
    },
  ];
}

function finalCost(record: ExperimentRecord): Contradiction[] {
  const { storedFinalCostCents: stored } = record;
  const total = record.iterations.at(-1)?.totalCents;
  if (stored === undefined || total === undefined || isMetricOf(record, stored, total)) return [];
  return [
    {
      code: 'final-cost',
      subject: {},
      stored: moneyValue(stored),
      recomputed: moneyValue(total),
      facts: {},
    },
  ];
}

function bestCost(record: ExperimentRecord): Contradiction[] {
  const { storedBestCostCents: stored, iterations } = record;
  const totals = iterations.flatMap(({ totalCents }) => totalCents ?? []);
  const [first] = totals;
  if (stored === undefined || first === undefined || totals.length < iterations.length) return [];
  const lowest = totals.reduce((least, total) => (total < least ? total : least), first);
  // The writer takes a best of exactly 0 for none (domain.md 9.3).
  const kept = totals.reduce((best, total) => (best === 0n || total < best ? total : best), first);
  if (isMetricOf(record, stored, lowest) || isMetricOf(record, stored, kept)) return [];
  return [
    {
      code: 'best-cost',
      subject: {},
      stored: moneyValue(stored),
      recomputed: moneyValue(lowest),
      facts: {},
    },
  ];
}

/**
 * Whether a stored cost is the loop's metric for this total. In bootstrap mode the metric is the mean per agent of
 * pooled samples (domain.md 5.1), of which the stored costs keep the floors.
 */
function isMetricOf(record: ExperimentRecord, stored: Cents, total: Cents): boolean {
  if (stored === total) return true;
  if (record.evaluationMode !== 'bootstrap' || record.agentCount < 2) return false;
  const agents = BigInt(record.agentCount);
  const gap = stored * agents - total;
  return (gap < 0n ? -gap : gap) <= agents;
}

const convergingReason = /^(?:Stability achieved|All convergence criteria satisfied|policy_stability)/;

/** Converged at the iteration limit is a habit of the writer, and said beside the status (domain.md 0.4). */
function convergedAgainstReason({ storedConverged, convergenceReason }: ExperimentRecord): Contradiction[] {
  if (storedConverged === undefined || convergenceReason === undefined) return [];
  const denied = !storedConverged && convergingReason.test(convergenceReason);
  const claimed = storedConverged && convergenceReason === 'Not converged';
  if (!denied && !claimed) return [];
  return [
    {
      code: 'converged-reason',
      subject: {},
      stored: textValue(storedConverged ? 'converged' : 'not converged'),
      recomputed: textValue(convergenceReason),
      facts: { reason: convergenceReason },
    },
  ];
}

function masterSeeds({ storedMasterSeed, configuredMasterSeed }: ExperimentRecord): Contradiction[] {
  if (storedMasterSeed === undefined || configuredMasterSeed === undefined) return [];
  if (storedMasterSeed === configuredMasterSeed) return [];
  return [
    {
      code: 'master-seed',
      subject: {},
      stored: textValue(storedMasterSeed),
      recomputed: textValue(configuredMasterSeed),
      facts: {},
    },
  ];
}
