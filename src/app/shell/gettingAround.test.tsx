/** The frame of the app: finding by Ctrl+K, and where the focus is after a change of screen. */
import { join } from 'node:path';

import { expect, inject, test } from 'vitest';

import { twoBanks } from '../../../e2e/fixtures/twoBanks.ts';
import { writeDatabase } from '../../../e2e/fixtures/writeDatabase.ts';
import { renderApp } from '../../testing/renderApp.ts';

test('Ctrl+K leads to an iteration, a proposal and a screen; the focus arrives at the heading, and it is said', async () => {
  const path = await writeDatabase(join(inject('fixtureFolder'), 'around.db'), 'B-V5', twoBanks('around'));
  const app = await renderApp();
  await app.pickFiles(path);
  const find = async (text: string): Promise<readonly string[]> => {
    await app.press('{Control>}k{/Control}');
    await app.press(text);
    await app.waitIdle();
    return [...document.querySelectorAll('[role=menuitem]')].map((item) => item.textContent);
  };

  const iterations = await find('around 1');
  expect(iterations.filter((words) => words.startsWith('Iteration '))).toHaveLength(1);
  await app.press('{Escape}');

  expect(await find('BANK_A rejected')).toEqual([
    expect.stringContaining('Proposal for BANK_A in iteration 1, rejected'),
  ]);
  await app.press('{Enter}');
  expect(app.hash).toMatch(/^#\/experiments\/around\/proposals\?/);
  expect(app.hash).toContain('iteration=1');
  expect(document.activeElement?.tagName).toBe('H1');
  const said = [...document.querySelectorAll('[role=status]')].map(({ textContent }) => textContent);
  expect(said).toContainEqual(expect.stringMatching(/^Desk/));

  expect(await find('health')).toEqual([expect.stringMatching(/^Health/)]);
  await app.press('{Enter}');
  expect(app.hash).toMatch(/^#\/health\?/);
  expect(await find('no such thing')).toEqual(['No match for “no such thing”.']);
  await app.press('{Escape}');
  expect(app.screen.queryByRole('dialog')).toBeNull();
});
