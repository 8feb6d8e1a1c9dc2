import { cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';

import type { Exchange, ExchangeContext } from '../../domain/answers/experiments.ts';
import { ExchangeSections } from './ExchangeSections.tsx';

Element.prototype.scrollIntoView = () => undefined;
afterEach(cleanup);

const exchange: Exchange = {
  eventId: 7,
  systemPrompt: 'Lower the Cost.\nNever drop a payment.',
  userPrompt: 'Your cost was $20.00.\nTry less liquidity.',
  rawResponse: '<img src=x onerror=alert(1)> cost',
  parsedPolicy: '{"parameters":{"cost":1}}',
  parsingError: undefined,
  model: 'm',
  promptWords: 10,
  responseWords: 3,
  latencySeconds: 1,
  duplicatesDropped: 0,
};
const context: ExchangeContext = {
  previousIteration: 3,
  systemPrompt: 'unchanged',
  systemPromptSince: 0,
  comparedSince: 0,
  sameAs: undefined,
  hasNextIteration: false,
  nextPolicy: undefined,
};

function setup() {
  render(
    <ExchangeSections
      exchange={exchange}
      context={context}
      previousPrompt={'Your cost was $50.00.\nTry less liquidity.'}
    />,
  );
  return userEvent.setup();
}

test('each section says what is new in it', async () => {
  const user = setup();
  expect(screen.getByText('unchanged since iteration 0').tagName).toBe('SPAN');
  expect(screen.getByText('1 line new, 1 gone since iteration 3').tagName).toBe('SPAN');
  // The answer is open, and text.
  expect(screen.getByText(/<img src=x/).tagName).not.toBe('IMG');
  expect(document.querySelector('img')).toBe(null);
  await user.click(screen.getByText('User prompt'));
  expect(document.querySelector('ins')?.textContent).toBe('new: Your cost was $20.00.');
  expect(document.querySelector('del')?.textContent).toBe('gone: Your cost was $50.00.');
});

test('words are found in all texts, one place after the other', async () => {
  const user = setup();
  const field = screen.getByRole('searchbox', { name: 'Find in the exchange' });
  const current = () => document.querySelector('[aria-current]');
  await user.type(field, 'cost');
  expect(within(screen.getByRole('search')).getByRole('status').textContent).toBe('1 of 4');
  expect(current()?.textContent).toBe('Cost');
  expect(
    within(screen.getByRole('region', { name: 'User prompt' }))
      .getByText('cost')
      .closest('[aria-current]'),
  ).toBe(null);
  await user.keyboard('{Enter}{Enter}');
  expect(within(screen.getByRole('search')).getByRole('status').textContent).toBe('3 of 4');
  expect(current()?.closest('section')?.getAttribute('aria-label')).toBe('Answer');
  await user.keyboard('{Shift>}{Enter}{/Shift}');
  expect(current()?.closest('section')?.getAttribute('aria-label')).toBe('User prompt');
  await user.clear(field);
  await user.type(field, 'nowhere');
  expect(within(screen.getByRole('search')).getByRole('status').textContent).toBe('not found');
  expect(screen.queryByRole('region')).toBe(null);
});
