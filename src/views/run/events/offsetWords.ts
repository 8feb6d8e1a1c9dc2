import { formatCount, formatMoney } from '../../../lib/format.ts';
import type { EventOutcome } from '../../../domain/answers/runs.ts';

/** What became of an offset or a cycle, and who was short of how much, or whose limit it was. */
export function offsetWords({ kind, settledPayments, refusal }: EventOutcome): string {
  if (kind === 'refused') return `refused: ${refusalWords(refusal)}`;
  const settled = `${formatCount(settledPayments)} ${settledPayments === 1 ? 'payment' : 'payments'}`;
  if (kind === 'settled') return `settled ${settled}`;
  const others = kind === 'settled in a later pass' ? '' : ', other ones than it names';
  return `refused at first (${refusalWords(refusal)}), settled ${settled} in a later pass of this tick${others}`;
}

function refusalWords(refusal: EventOutcome['refusal']): string {
  if (refusal === undefined) return 'the reason is not known';
  const { bank } = refusal;
  if (refusal.why === 'short') {
    return `${bank} was short of ${formatMoney(refusal.shortCents)} for the ${formatMoney(refusal.neededCents)} it owed`;
  }
  const towards =
    refusal.counterparty === undefined ? 'towards all banks' : `towards ${refusal.counterparty}`;
  return `${bank} has a limit of ${formatMoney(refusal.limitCents)} a day ${towards}, had paid ${formatMoney(refusal.paidCents)} and owed ${formatMoney(refusal.amountCents)}`;
}
