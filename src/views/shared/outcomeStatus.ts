import type { Outcome } from '../../domain/health/report.ts';
import type { Status } from '../../ui/StatusMark.tsx';

const signs: Readonly<Record<Outcome, Omit<Status, 'word'>>> = {
  ok: { shape: 'dot', tone: 'accepted' },
  contradiction: { shape: 'cross', tone: 'rejected' },
  unreadable: { shape: 'triangle', tone: 'warning' },
  unknown: { shape: 'ring', tone: 'quiet' },
  'not-run': { shape: 'bar', tone: 'quiet' },
};

/** The sign of what a check came to, with its words. */
export const outcomeStatus = (outcome: Outcome, word: string): Status => ({ ...signs[outcome], word });
