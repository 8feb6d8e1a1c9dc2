/** Links as earlier versions made them, and people sent them: all of them still open what they meant. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, inject, test } from 'vitest';

import { twoBanks } from '../../e2e/fixtures/twoBanks.ts';
import { writeDatabase } from '../../e2e/fixtures/writeDatabase.ts';
import { headBytes } from '../source/header.ts';
import { moreFormerPrints, printsOfFile } from '../source/fingerprint.ts';
import { renderApp } from '../testing/renderApp.ts';
import { movedAddress } from '../url/givenAddress.ts';
import { fileFields } from '../url/fields.ts';
import { screens } from './screens.ts';

/** Never taken away from, only added to: the link, where it leads today, and what it brings back on screen. */
const links: readonly (readonly [link: string, leadsTo: string, shows: RegExp])[] = [
  // Of 23 November 2026.
  ['#/experiments?DB&sort=-final&q=kept&status=converged', '/experiments', /1 experiment/],
  [
    '#/experiments/kept?DB&agent=BANK_A&iteration=1&metric=delta&scale=log&param=initial_liquidity_fraction&hide=BANK_B&v=1',
    '/experiments/kept',
    /Policy and cost by iteration/,
  ],
  ['#/experiments/kept/iterations/1?DB&in=kept.db&v=1', '/experiments/kept/iterations/1', /BANK_B/],
  ['#/runs/kept-sim-002-eval?DB&in=kept.db&v=1', '/runs/kept-sim-002-eval', /Iteration 1, eval 002/],
  // Of 25 November 2026, when the desk over all files was at #/proposals.
  ['#/proposals?DB&show=all&as=table', '/desk', /4 proposals|4 of 4|all/i],
  [
    '#/proposals?DB&experiment=kept&in=kept.db&agent=BANK_B&iteration=1&only=BANK_B&within=kept&k=0-2&reviewed=no&group=agent&v=1',
    '/desk',
    /BANK_B/,
  ],
  [
    '#/experiments/kept/proposals?DB&show=accepted&sig=none&cv=0.5&floor=0.95&least=0.01',
    '/experiments/kept/proposals',
    /What if|accepted/i,
  ],
  ['#/experiments/kept/proposals?DB&show=all&proposal=1.BANK_B', '/experiments/kept/proposals', /BANK_B/],
  [
    '#/experiments/kept/policies?DB&left=BANK_A.0.force&right=BANK_A.2.force',
    '/experiments/kept/policies',
    /BANK_A/,
  ],
  [
    '#/runs/kept-sim-002-eval?DB&tick=1&agent=BANK_A&hide=BANK_B&sort=-amount&q=pay&type=Arrival&tx=t1&from=0&to=3&jump=Arrival&payment=t1&outcome=settled&costs=component&twin=kept-sim-001-eval',
    '/runs/kept-sim-002-eval',
    /Iteration 1, eval 002/,
  ],
  // Of the morning of 27 November 2026.
  ['#/desk?DB&show=all&as=table', '/desk', /BANK_A/],
  ['#/desk?DB&kind=below_floor&follows=no', '/desk', /Desk|desk/],
  ['#/compare?DB&x=kept&base=kept&agent=BANK_A&against=baseline', '/compare', /kept/],
  ['#/health?DB', '/health', /kept\.db/],
  ['#/sql?DB&q=SELECT%201', '/sql', /SQL/],
];

/** Fields that went, and whose links open the screen without them. */
const gone = new Set(['proposal']);

test('every link of before leads to its screen, and no part of it is refused', async () => {
  const path = await writeDatabase(join(inject('fixtureFolder'), 'kept.db'), 'B-V5', twoBanks('kept'));
  const app = await renderApp();
  await app.pickFiles(path);
  // Links of before did not say what a file held, and had another fingerprint of it (decision 0029).
  const bytes = await readFile(path);
  const given = [bytes.subarray(0, headBytes), new Blob([bytes])] as const;
  const [[former = ''], { content }] = await Promise.all([
    moreFormerPrints(...given),
    printsOfFile(...given),
  ]);
  expect(former).toMatch(/^[0-9a-f]{8}$/);
  expect(former).not.toBe(content);
  const db = `db=${encodeURIComponent(`file:kept.db~${former}`)}`;
  for (const [link, leadsTo, shows] of links) {
    const address = `http://h/${link.replace('DB', db)}`;
    await app.open(new URL(movedAddress(address) ?? address).hash);
    expect(app.hash.split('?')[0], link).toBe(`#${leadsTo}`);
    expect(app.text(app.main), link).toMatch(shows);
    expect(app.text(), link).not.toContain('in the link is not something this page knows');
    const refused = [...document.querySelectorAll('[data-code]')].map((each) =>
      each.getAttribute('data-code'),
    );
    for (const code of ['not-found', 'screen-failed', 'file-needed', 'question-failed'])
      expect(refused, link).not.toContain(code);
  }
});

test('every field of them is one of today, or known to have gone', () => {
  for (const [link, leadsTo] of links) {
    const screen = screens.find(({ path }) =>
      new RegExp(`^${path.replace(/\$\w+/g, '[^/]+')}$`).test(leadsTo),
    );
    const known = new Set(['v', ...Object.keys({ ...fileFields, ...screen?.fields })]);
    const fields = [...new URLSearchParams(link.split('?')[1]?.replace('DB', 'db=x')).keys()];
    expect(
      fields.filter((field) => !known.has(field) && !gone.has(field)),
      link,
    ).toEqual([]);
  }
});
