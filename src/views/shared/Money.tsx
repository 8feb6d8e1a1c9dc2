import { formatMoney } from '../../lib/format.ts';
import type { Cents } from '../../lib/units.ts';
import { Missing } from './Missing.tsx';
import { Stored } from './Stored.tsx';

interface MoneyProps {
  readonly cents: Cents | undefined;
  /** Why nothing is stored. */
  readonly missing?: string;
  /** What is stored where it is no amount. */
  readonly stored?: string | undefined;
}

/** An amount, a dash that says why there is none, or what is stored instead of one. */
export function Money({ cents, missing = 'not recorded', stored }: MoneyProps) {
  if (cents !== undefined) return <>{formatMoney(cents)}</>;
  return stored === undefined ? <Missing why={missing} /> : <Stored stored={stored} wanted="cents" />;
}
