import type { TrunkStep } from '../../../domain/policy/history/origins.ts';
import type { HistoryEntry } from '../../../domain/answers/history.ts';

/** A policy in force, and what was proposed against it in vain. */
export interface LineageStep {
  readonly step: TrunkStep;
  /** The proposal that brought it; undefined for the first policy, and where none is recorded. */
  readonly broughtBy: HistoryEntry | undefined;
  readonly twigs: readonly HistoryEntry[];
}

/** Accepted policies as a trunk, other proposals at the step they were made against. */
export function lineageOf(
  trunk: readonly TrunkStep[],
  entries: readonly HistoryEntry[],
): readonly LineageStep[] {
  const accepted = new Map(
    entries.flatMap((entry) => (entry.verdict === 'accepted' ? [[entry.iteration, entry] as const] : [])),
  );
  const inOrder = [...entries].sort((a, b) => a.iteration - b.iteration);
  let next = 0;
  return trunk.map((step, place) => {
    const end = trunk[place + 1]?.iteration ?? Infinity;
    const twigs: HistoryEntry[] = [];
    for (let entry = inOrder[next]; entry !== undefined && entry.iteration < end; entry = inOrder[next]) {
      next += 1;
      if (entry.iteration < step.iteration) continue;
      if (entry.verdict !== 'accepted' || entry.iteration !== end - 1) twigs.push(entry);
    }
    return { step, broughtBy: accepted.get(step.iteration - 1), twigs };
  });
}

/** `9 policies in force, one after the other; 7 proposals did not come into force, 7 of them against the last.` */
export function lineageSentence(agentId: string, steps: readonly LineageStep[]): string {
  const all = steps.flatMap((step) => step.twigs);
  const open = all.filter(({ verdict }) => verdict === 'pending').length;
  const twigs = all.length - open;
  const most = steps.reduce<LineageStep | undefined>(
    (best, step) => (best === undefined || step.twigs.length > best.twigs.length ? step : best),
    undefined,
  );
  const policies = steps.length === 1 ? 'One policy of' : `${steps.length} policies of`;
  const force = steps.length === 1 ? 'was in force' : 'were in force, one after the other';
  const vain =
    twigs === 0
      ? 'no other proposal was made'
      : `${twigs} other ${twigs === 1 ? 'proposal' : 'proposals'} did not come into force`;
  const against =
    most === undefined || twigs < 2
      ? ''
      : `, ${most.twigs.length === all.length ? 'all' : `${most.twigs.length} of them`} against the policy of iteration ${most.step.iteration}`;
  const undecided = open === 0 ? '' : `; ${open} undecided`;
  return `${policies} ${agentId} ${force}; ${vain}${against}${undecided}.`;
}
