import { expect, test } from 'vitest';

import { agentId } from '../../../lib/ids.ts';
import type { HistoryEntry } from '../../../domain/answers/desk.ts';
import { proposedBeforeWords } from './useHistory.tsx';
import { lineageOf, lineageSentence } from './LineageFigure.tsx';

const entry = (iteration: number, verdict: HistoryEntry['verdict']): HistoryEntry => ({
  iteration,
  agentId: agentId('B'),
  verdict,
  rejectionKind: undefined,
  reason: undefined,
  policy: {},
  structure: { outline: { shape: '', numbers: [] }, parameters: new Map() },
});

test('others grow from the policy they were proposed against', () => {
  const inForce = [
    { iteration: 0, policy: 1 },
    { iteration: 1, policy: 2 },
    { iteration: 4, policy: 3 },
  ];
  const entries = [
    entry(0, 'accepted'),
    entry(1, 'rejected'),
    entry(2, 'invalid'),
    entry(3, 'accepted'),
    entry(4, 'rejected'),
    entry(5, 'pending'),
  ];
  const steps = lineageOf(inForce, entries);
  expect(
    steps.map(({ step, broughtBy, others }) => [
      step.iteration,
      broughtBy?.iteration,
      others.map((proposal) => proposal.iteration),
    ]),
  ).toEqual([
    [0, undefined, []],
    [1, 0, [1, 2]],
    [4, 3, [4, 5]],
  ]);
  expect(lineageSentence('B', steps)).toBe(
    '3 policies of B were in force, one after the other; 3 other proposals did not come into force, 2 of them against the policy of iteration 1; 1 undecided.',
  );
});

test('proposed before, in words', () => {
  const found = [
    { entry: entry(1, 'rejected'), similarity: 'same' as const },
    { entry: entry(2, 'rejected'), similarity: 'nearly' as const },
    { entry: entry(3, 'rejected'), similarity: 'same' as const },
    { entry: entry(6, 'rejected'), similarity: 'same' as const },
  ];
  expect(proposedBeforeWords(found, 5)).toBe(
    'twice the same, last in iteration 3; once nearly the same, last in iteration 2',
  );
  expect(proposedBeforeWords(found, 1)).toBe('never');
});
