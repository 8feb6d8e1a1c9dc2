import { formatParameter } from '../../charts/shape/parameters.ts';
import type { DeskRow } from '../shared/proposals/deskRow.ts';

const fraction = 'initial_liquidity_fraction';

interface ChangedParameter {
  readonly name: string;
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Numeric parameters that differ, the liquidity fraction first; a proposal without any is not compared. */
export function changedParameters({
  inForce,
  proposal,
}: Pick<DeskRow, 'inForce' | 'proposal'>): readonly ChangedParameter[] {
  if (proposal.parameters.size === 0) return [];
  const names = new Set([fraction, ...inForce.keys(), ...proposal.parameters.keys()]);
  return [...names].flatMap((name) => {
    const from = inForce.get(name);
    const to = proposal.parameters.get(name);
    return from === to ? [] : [{ name, from, to }];
  });
}

const value = (name: string, number: number | undefined, stored: string | undefined) =>
  number === undefined ? (stored ?? 'none') : formatParameter(name, number);

/** What is said where no number was found to change: only numbers that were read can be the same. */
function unchangedWords({ proposal, inForce, odd }: DeskRow): string {
  const unread = [...(odd.inForce ?? []), ...(proposal.unreadableParameters ?? [])];
  if (unread.length > 0 || proposal.unreadable?.has('proposedPolicy') === true) return 'cannot be read';
  if (odd.inForce === undefined) return 'no policy in force';
  return proposal.parameters.size === 0 && inForce.size > 0 ? 'no numbers' : 'same numbers';
}

/** `19 % → 21 %`, for the first parameter that changes; in words where none does. */
export function changeWords(row: DeskRow): string {
  const [first, ...others] = changedParameters(row);
  if (first !== undefined) {
    const label = first.name === fraction ? '' : `${first.name} `;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    const from = value(first.name, first.from, row.odd.inForce?.get(first.name));
    const to = value(first.name, first.to, row.proposal.unreadableParameters?.get(first.name));
    return `${label}${from} → ${to}${more}`;
  }
  switch (row.kind) {
    case 'invalid':
      return row.proposal.parameters.size === 0 ? 'no usable policy' : 'same numbers';
    case 'failed_call':
      return 'no answer';
    case 'no_change':
      return 'the policy in force again';
    case 'cheaper':
    case 'worse':
    case 'not_significant':
    case 'unstable':
    case 'below_floor':
    case 'unknown':
    case 'pending':
    case 'accepted':
      return unchangedWords(row);
  }
}
