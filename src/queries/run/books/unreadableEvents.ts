import { unreadableWords, type Loss } from '../../../domain/unreadable/events.ts';
import type { BookCheck } from '../../../domain/answers/runs.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';

/** What each check rests on; rows stored per tick or day rest on nearly everything. */
const restsOn: Readonly<Record<string, readonly Loss[]>> = {
  'total-cost': ['cost'],
  'opportunity-cost': ['cost'],
  'money-conserved': ['balance'],
  'recorded-balances': ['balance', 'record'],
  arrivals: ['arrivals'],
  settlements: ['settlements'],
  'tick-states': ['balance', 'queue', 'cost', 'collateral'],
  'daily-metrics': ['balance', 'cost', 'settlements'],
};

/** The same checks; one that rests on events that cannot be read compares nothing, and says so. */
export function withUnreadable(checks: readonly BookCheck[], { lost }: PreparedRun): readonly BookCheck[] {
  const words = unreadableWords(lost.events);
  if (words === undefined) return checks;
  return checks.map((check) => {
    const isLost = restsOn[check.id]?.some((loss) => lost.what.has(loss)) === true;
    if (!isLost || (check.outcome === 'not recorded' && check.expected === undefined && isStored(check.id)))
      return check;
    return {
      ...check,
      outcome: 'unreadable',
      found: undefined,
      differenceCents: undefined,
      why: `${words}. What they say is unknown, so this cannot be checked.`,
      seqs: [],
    };
  });
}

/** Where a file stores no rows per tick or day there is nothing to compare. */
const isStored = (id: string): boolean => id === 'tick-states' || id === 'daily-metrics';
