import { knowsSettlements, unreadableCount, unreadableWords } from '../../../domain/unreadable/events.ts';
import type { BookCheck } from '../../../domain/answers/runs.ts';
import type { PreparedRun } from '../prepare/prepareRun.ts';

/** Checks that rest on accruals, and those that rest on settlements; rows stored per tick or day rest on both. */
const ofCosts = ['total-cost', 'opportunity-cost'];
const ofMoney = ['money-conserved', 'recorded-balances', 'settlements'];
const ofBoth = ['tick-states', 'daily-metrics'];

/** The same checks; one that rests on events that cannot be read compares nothing, and says so. */
export function withUnreadable(checks: readonly BookCheck[], run: PreparedRun): readonly BookCheck[] {
  const { unreadable } = run;
  const words = unreadableWords(unreadable);
  if (words === undefined) return checks;
  return checks.map((check) => {
    const { id, expected } = check;
    const isLost =
      (ofCosts.includes(id) && unreadable.accruals > 0) ||
      (ofMoney.includes(id) && !knowsSettlements(unreadable)) ||
      (ofBoth.includes(id) && check.outcome !== 'not recorded' && unreadableCount(unreadable) > 0);
    if (!isLost) return check;
    return {
      ...check,
      outcome: 'unreadable',
      expected,
      found: undefined,
      differenceCents: undefined,
      why: `${words}. What they say is unknown, so this cannot be checked.`,
      seqs: [],
    };
  });
}
