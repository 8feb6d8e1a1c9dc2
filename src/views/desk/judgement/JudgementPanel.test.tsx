import { QueryClientProvider } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test } from 'vitest';

import { Session } from '../../../data/session/session.ts';
import { createQueryClient } from '../../../data/asking.ts';
import { SessionProvider } from '../../../data/SessionContext.tsx';
import { proposalKey } from '../../../storage/reviews/review.ts';
import { reviewStore } from '../../../storage/reviews/useReviews.ts';
import { JudgementPanel } from './JudgementPanel.tsx';

beforeEach(() => {
  reviewStore().clearAll();
  reviewStore().setReviewer('Anna');
});
afterEach(cleanup);

const queue = [3, 4, 5].map((iteration) => proposalKey('exp1', iteration, 'BANK_B'));

function Desk() {
  const [place, setPlace] = useState(0);
  const proposal = queue[place];
  if (proposal === undefined) return undefined;
  return (
    <>
      <h1>iteration {proposal.iteration}</h1>
      <JudgementPanel
        proposal={proposal}
        verdict={place === 1 ? 'accepted' : 'rejected'}
        queue={queue}
        onNext={place === queue.length - 1 ? undefined : () => setPlace(place + 1)}
        proposals={() => []}
      />
    </>
  );
}

function setup() {
  render(
    <QueryClientProvider client={createQueryClient()}>
      <SessionProvider session={new Session()}>
        <Desk />
      </SessionProvider>
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

const chosen = () =>
  screen
    .getAllByRole<HTMLInputElement>('radio')
    .filter((radio) => radio.checked)
    .map((radio) => radio.closest('label')?.textContent);
const note = () => screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Note, plain text' });

test('a whole review with the keys alone', async () => {
  const user = setup();
  await user.keyboard('d');
  expect(chosen()).toEqual(['Disagreed']);
  await user.keyboard('w');
  expect(document.activeElement).toBe(note());
  await user.keyboard('an audit{Escape}');
  expect(document.activeElement).not.toBe(note());
  await user.keyboard('{Enter}');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('iteration 4');
  expect(note().value).toBe('');
  await user.keyboard('a{Enter}u');
  expect(screen.getByText('3 of 3 reviewed').tagName).toBe('P');
  expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('3');
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'End of the list' }).disabled).toBe(true);
  const kept = [...reviewStore().getState().byProposal.values()].map(({ key, judgements }) => [
    key.iteration,
    ...judgements.map((one) => [one.reviewer, one.opinion, one.note]),
  ]);
  expect(kept).toEqual([
    [3, ['Anna', 'disagree', 'an audit']],
    [4, ['Anna', 'agree', '']],
    [5, ['Anna', 'unsure', '']],
  ]);
});

test('a note that is being written goes with its proposal when one moves on', async () => {
  const user = setup();
  await user.click(note());
  await user.keyboard('half a thou{Control>}{Enter}{/Control}');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('iteration 4');
  const [review] = reviewStore().getState().byProposal.values();
  expect(review?.judgements[0]).toMatchObject({ opinion: undefined, note: 'half a thou' });
  expect(screen.getByText('0 of 3 reviewed').tagName).toBe('P');
});

test('where reviewers differ both stand side by side, as text', async () => {
  const user = setup();
  await user.keyboard('a');
  const hostile = '<img src=x onerror=alert(1)>';
  const file = {
    format: 'iterscope-reviews',
    version: 1,
    judgements: [
      {
        experiment: 'exp1',
        iteration: 3,
        agent: 'BANK_B',
        reviewer: 'Ben',
        opinion: 'disagree',
        note: hostile,
        at: '2026-11-25T10:00:00Z',
      },
    ],
  };
  await user.upload(
    screen.getByLabelText('Import reviews'),
    new File([JSON.stringify(file)], 'reviews.json', { type: 'application/json' }),
  );
  await screen.findByText(
    'Read 1 judgement: 1 kept for proposals that no open file holds. Nothing that was here is lost.',
  );
  expect(screen.getByText(/Reviewers differ/).textContent).toContain('Both judgements are kept');
  const all = within(screen.getByRole('region', { name: 'Judgements of all reviewers' })).getAllByRole(
    'listitem',
  );
  expect(all).toHaveLength(2);
  expect(all[0]?.textContent).toContain('Annayouagree');
  expect(all[1]?.textContent).toContain('Bendisagree');
  expect(all[1]?.textContent).toContain(hostile);
  expect(chosen()).toEqual(['Agree with the rejectiona']);

  await user.upload(screen.getByLabelText('Import reviews'), new File(['<html>'], 'reviews.json'));
  await screen.findByText('This file is not JSON. Choose a file that was exported from the desk.');
});

test('without a place to keep them the panel says so', async () => {
  // jsdom has no IndexedDB, as a browser that refuses it.
  setup();
  await screen.findByText(/This browser refuses to keep judgements/);
});
