import { plainStoredReason } from '../../domain/acceptance/reasons.ts';
import type { Bounds } from '../../domain/answers/experiments.ts';
import type { Spread } from '../../domain/compare/outcome.ts';
import type { Proposal } from '../../domain/experiment/normalised.ts';
import { savingOf } from '../../domain/experiment/saving.ts';
import { storedAs } from '../../domain/unreadable.ts';
import { formatMoney, formatCount } from '../../lib/format.ts';
import type { Cents } from '../../lib/units.ts';
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx';
import styles from './Values.module.css';
import { noSaving, savingNote } from './proposals/proposalWords.ts';

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

/** Stands where a value would: the file does not hold it. */
export function Missing({ why }: { why: string }) {
  return (
    <span className={styles.missing} title={why}>
      <span aria-hidden>–</span>
      <VisuallyHidden>{why}</VisuallyHidden>
    </span>
  );
}

interface StoredProps {
  readonly stored: string;
  readonly wanted: 'cents' | 'number';
}

/** Stands where a value would: what is stored, which cannot be read, and why not. */
export function Stored({ stored, wanted }: StoredProps) {
  const words = storedAs(stored, wanted);
  return (
    <span className={styles.stored} title={words}>
      <span aria-hidden>{stored === '' ? '“”' : stored}</span>
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  );
}

/** A stored reason in plain words, beside it what is stored; an unknown one as it stands. */
export function StoredReason({ stored }: { stored: string }) {
  const words = plainStoredReason(stored);
  return words === stored ? (
    <>
      stored as <q>{stored}</q>
    </>
  ) : (
    <>
      {words} (stored: <q>{stored}</q>)
    </>
  );
}

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

/** What a proposal saves; its title says of what it is the mean. */
export function SavingMoney({ proposal }: { proposal: Proposal | undefined }) {
  const saving = proposal === undefined ? undefined : savingOf(proposal);
  if (proposal === undefined || saving === undefined) return <Missing why={noSaving(proposal)} />;
  return <span title={savingNote(proposal)}>{formatMoney(saving.cents)}</span>;
}

interface SpreadTailProps {
  readonly spread: Spread;
  readonly text: (value: number) => string;
}

/** Behind a mean: its deviation without the unit said before it, and how many of all there are where some have none. */
export function SpreadTail({ spread: { deviation, count, absent }, text }: SpreadTailProps) {
  return (
    <>
      {deviation !== undefined && (
        <span className={styles.tail}>
          {' '}
          ± {deviation === 0 ? '0' : text(deviation).replace(/^\$| %$/gu, '')}
        </span>
      )}
      {absent > 0 && (
        <span className={styles.tail}>
          {' '}
          {count} of {count + absent}
        </span>
      )}
    </>
  );
}
