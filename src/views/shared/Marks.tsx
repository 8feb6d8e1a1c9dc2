import { verdictStatuses } from '../../charts/Glyph.tsx';
import type { Verdict } from '../../domain/experiment/verdict.ts';
import type { HealthOutcome } from '../../domain/health/report.ts';
import { StatusMark, type Status } from '../../ui/StatusMark.tsx';
import styles from './Marks.module.css';

/** A verdict, and what more there is to say of it. */
export function VerdictMark({ verdict, detail }: { verdict: Verdict; detail?: string | undefined }) {
  return <StatusMark status={verdictStatuses[verdict]}>{detail}</StatusMark>;
}

/** Beside what was not in the file when it was opened; the file was read again since. */
export function NewMark({ words }: { words: string }) {
  return (
    <span className={styles.mark} title="new since the file was read again">
      {words}
    </span>
  );
}

const signs: Readonly<Record<HealthOutcome, Omit<Status, 'word'>>> = {
  ok: { shape: 'dot', tone: 'accepted' },
  contradiction: { shape: 'cross', tone: 'rejected' },
  unreadable: { shape: 'triangle', tone: 'warning' },
  unknown: { shape: 'ring', tone: 'quiet' },
  'not-run': { shape: 'bar', tone: 'quiet' },
};

/** The sign of what a check came to, with its words. */
export const outcomeStatus = (outcome: HealthOutcome, word: string): Status => ({ ...signs[outcome], word });
