import { formatMoney } from '../../lib/format.ts';
import type { Cents } from '../../schema/units.ts';
import { Missing } from './Missing.tsx';

/** An amount, or a dash that says why there is none. */
export function Money({ cents, missing = 'not recorded' }: { cents: Cents | undefined; missing?: string }) {
  return cents === undefined ? <Missing why={missing} /> : <>{formatMoney(cents)}</>;
}
