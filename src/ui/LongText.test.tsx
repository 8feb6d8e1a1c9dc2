import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { LongText } from './LongText.tsx';

afterEach(cleanup);
const text = Array.from({ length: 3_000 }, (_, line) => `<b>line ${line}</b> & more`).join('\n');

test('folded at first, whole on demand, folded again; markup stays text', async () => {
  const { container } = render(<LongText what="the prompt" text={text} lines={5} />);
  expect(container.textContent).toContain('<b>line 4</b> & more');
  expect(container.textContent).not.toContain('line 5');
  expect(container.querySelector('b')).toBe(null);
  const count = text.length.toLocaleString('en-US');
  await userEvent.click(
    screen.getByRole('button', { name: `Show all of the prompt (${count} characters)`, expanded: false }),
  );
  expect(container.textContent.startsWith(text)).toBe(true);
  expect(container.querySelector('b')).toBe(null);
  await userEvent.click(screen.getByRole('button', { expanded: true }));
  expect(container.textContent).not.toContain('line 5');
});

test('a short text has no fold', () => {
  render(<LongText what="the answer" text="two\nlines" />);
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'))).toEqual([
    'Copy the answer',
  ]);
});

test('the copy button takes the whole text, folded or not, and says so', async () => {
  const user = userEvent.setup();
  render(<LongText what="the prompt" text={text} lines={5} />);
  await user.click(screen.getByRole('button', { name: 'Copy the prompt' }));
  expect(await navigator.clipboard.readText()).toBe(text);
  expect((await screen.findByRole('status')).textContent).toBe('Copied.');
});
