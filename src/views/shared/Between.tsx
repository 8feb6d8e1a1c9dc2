import { formatCount, formatMoney } from '../../lib/format.ts';
import type { Bounds } from '../../domain/answers/experiments.ts';
import type { Cents } from '../../lib/units.ts';

/** `between $77.60 and $5,000.63`: an amount known only within bounds; one where they meet. */
export function MoneyBetween({ bounds }: { bounds: Bounds<Cents> }) {
  return <Between low={bounds.low} high={bounds.high} words={moneyBetween(bounds)} />;
}

/** A count known only within bounds. */
export function CountBetween({ bounds }: { bounds: Bounds<number> }) {
  return <Between low={bounds.low} high={bounds.high} words={countBetween(bounds)} />;
}

export const moneyBetween = ({ low, high }: Bounds<Cents>): string =>
  low === high ? formatMoney(low) : `between ${formatMoney(low)} and ${formatMoney(high)}`;

export const countBetween = ({ low, high }: Bounds<number>): string =>
  low === high ? formatCount(low) : `between ${formatCount(low)} and ${formatCount(high)}`;

interface BetweenProps {
  readonly low: bigint | number;
  readonly high: bigint | number;
  readonly words: string;
}

function Between({ low, high, words }: BetweenProps) {
  if (low === high) return <>{words}</>;
  return (
    <span data-low={String(low)} data-high={String(high)}>
      {words}
    </span>
  );
}
