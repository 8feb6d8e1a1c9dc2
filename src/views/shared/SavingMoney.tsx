import { formatMoney } from '../../lib/format.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { Missing } from './Missing.tsx';
import { noSaving, savingNote } from './proposals/proposalWords.ts';

/** What a proposal saves; its title says of what it is the mean. */
export function SavingMoney({ proposal }: { proposal: Proposal | undefined }) {
  const saving = proposal === undefined ? undefined : savingOf(proposal);
  if (proposal === undefined || saving === undefined) return <Missing why={noSaving(proposal)} />;
  return <span title={savingNote(proposal)}>{formatMoney(saving.cents)}</span>;
}
