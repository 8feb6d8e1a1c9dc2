import { groupBy } from '../../../lib/groupBy.ts';
import type { AgentId } from '../../../lib/ids.ts';
import type { TickMove } from '../../../domain/answers/runs.ts';
import { addCents, cents, type Cents } from '../../../lib/units.ts';

/** Everything that moved from one bank to another in a tick. */
export interface Flow {
  readonly from: AgentId;
  readonly to: AgentId;
  readonly payments: number;
  readonly amountCents: Cents;
  /** How many by which way, the most first. */
  readonly kinds: readonly (readonly [TickMove['kind'], number])[];
}

/** Moves put together by pair of banks, the largest amount first. */
export function flowsOf(moves: readonly TickMove[]): readonly Flow[] {
  const pairs = groupBy(moves, ({ from, to }) => JSON.stringify([from, to]));
  return [...pairs.values()]
    .flatMap((own): Flow[] => {
      const [first] = own;
      if (first === undefined) return [];
      const byKind = groupBy(own, ({ kind }) => kind);
      return [
        {
          from: first.from,
          to: first.to,
          payments: own.length,
          amountCents: own.reduce((sum, move) => addCents(sum, move.amountCents), cents(0n)),
          kinds: [...byKind].map(([kind, some]) => [kind, some.length] as const).sort((a, b) => b[1] - a[1]),
        },
      ];
    })
    .sort((a, b) => Number(b.amountCents > a.amountCents) - Number(b.amountCents < a.amountCents));
}
