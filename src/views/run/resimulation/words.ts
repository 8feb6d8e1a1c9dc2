import { formatCount, plural } from '../../../lib/format.ts';
import type { Obstacle, Resimulation, RunCheckResult } from '../../../domain/answers/resimulation.ts';
import type { Status } from '../../../ui/StatusMark.tsx';

/** Why a run cannot be simulated again, as a sentence. */
const obstacleWords: Readonly<Record<Obstacle, string>> = {
  'no-row': 'The run’s own row is not stored, so its seed and scenario are unknown.',
  'not-our-lab':
    'The run does not carry the mark of Iterscope’s lab. The original engine draws other random numbers from the same seed, so simulating again would prove nothing.',
  'other-rules': 'The run was made by other rules of the lab than this app has.',
  'no-scenario': 'The scenario is not stored: the persistence level was summary.',
  'no-events': 'No events are stored: there is nothing to compare with.',
  'events-gone': 'The run was stored with its events, and they are gone.',
  'no-seed': 'The seed is not stored.',
  'bad-scenario': 'The stored scenario is not one that the simulator reads.',
  'bad-policy': 'A stored policy cannot be loaded.',
  stopped: 'The simulator stopped, which it did not when the run was stored.',
};

type Outcome = 'identical' | 'different' | 'violations' | 'cannot';

/** What the reader should see first of a result. */
export function checkOutcome({ resimulation, violations }: RunCheckResult): Outcome {
  if (resimulation.kind === 'identical' && violations.length > 0) return 'violations';
  return resimulation.kind;
}

export const checkMarks: Readonly<Record<Outcome, Status>> = {
  identical: { shape: 'dot', tone: 'accepted', word: 'identical' },
  different: { shape: 'cross', tone: 'rejected', word: 'differs' },
  violations: { shape: 'triangle', tone: 'invalid', word: 'identical, books differ' },
  cannot: { shape: 'bar', tone: 'quiet', word: 'cannot be simulated again' },
};

export function eventsWord(count: number): string {
  return plural(count, 'event');
}

export function whereDifferent(resimulation: Resimulation): string | undefined {
  if (resimulation.kind !== 'different') return undefined;
  const { index, tick } = resimulation.first;
  return `event ${formatCount(index)}, tick ${formatCount(tick)}`;
}

export function whyNot(resimulation: Resimulation): string | undefined {
  if (resimulation.kind !== 'cannot') return undefined;
  const { obstacle, detail } = resimulation;
  return detail === undefined ? obstacleWords[obstacle] : `${obstacleWords[obstacle]} (${detail})`;
}

/** One line over all runs that were checked. */
export function tally(results: readonly RunCheckResult[]): string {
  const count = (outcome: Outcome) => results.filter((result) => checkOutcome(result) === outcome).length;
  const events = results.reduce((sum, result) => sum + result.events, 0);
  const parts = [
    `${formatCount(count('identical'))} identical`,
    ...(count('violations') > 0
      ? [`${formatCount(count('violations'))} identical with books that differ`]
      : []),
    `${formatCount(count('different'))} with a difference`,
    `${formatCount(count('cannot'))} that cannot be simulated again`,
  ];
  const runs = plural(results.length, 'run');
  return `${runs}: ${parts.join(', ')}. ${eventsWord(events)} compared.`;
}
