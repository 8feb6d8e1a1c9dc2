import { expect, test } from 'vitest';

import { pageReach } from '../../source/remote/address.ts';
import { withoutAddresses } from '../../url/dataToken.ts';
import { linkLines } from '../../views/shared/namedFile.ts';
import { linkText, sharedFiles } from './ShareDialog.tsx';

const local = 'db=file%3Aa.db%7E0123abcd%2F9000%2F14.exp1';
const served = `db=${encodeURIComponent('http://127.0.0.1:4173/files/0a/a.db#0123abcd/9000/14.exp1')}`;
const remote = `db=${encodeURIComponent('https://data.example.org/a.db')}`;

test('what the receiver needs is said of each file', () => {
  const files = sharedFiles(`#/experiments/exp1?${local}&${served}&${remote}&db=sample&v=1`);
  expect(files.map(({ reach }) => reach)).toEqual([
    'not in the link',
    'only here',
    'everybody',
    'with the app',
  ]);
  expect(files[0]?.words).toContain('a.db (9.0 kB, exp1 (14 iterations)) is on this machine');
  expect(files[1]?.words).toContain('127.0.0.1:4173, on this machine: others cannot reach it');
});

test('an address that others cannot reach is replaced by what is in the file', () => {
  expect(withoutAddresses(`#/experiments/exp1?${served}&iteration=3&v=1`)).toBe(
    `#/experiments/exp1?db=${encodeURIComponent('file:a.db~0123abcd/9000/14.exp1')}&iteration=3&v=1`,
  );
  expect(withoutAddresses('#/experiments')).toBe('#/experiments');
});

test('a page on this machine is no address for others', () => {
  expect(pageReach('http://127.0.0.1:4173/#/')).toContain('on this machine');
  expect(pageReach('http://192.168.1.4/#/')).toContain('in a private network');
  expect(pageReach('https://iterscope.example.org/#/')).toBe(undefined);
});

test('what leaves names the files it is about alone, and says when its link leads nowhere elsewhere', () => {
  const [own] = linkLines([{ linkToken: 'file:a.db~0123abcd' }])(
    `https://iterscope.example.org/#/experiments/exp1?${local}&${remote}&iteration=3&v=1`,
  );
  expect(own).toBe(
    `Link: https://iterscope.example.org/#/experiments/exp1?${local.replace('%7E', '~')}&iteration=3&v=1`,
  );
  const here = linkLines([{ linkToken: 'http://127.0.0.1:4173/files/0a/a.db' }])(
    `http://127.0.0.1:4173/#/experiments/exp1?${served}&${remote}&v=1`,
  );
  expect(here).toEqual([
    `Link: http://127.0.0.1:4173/#/experiments/exp1?db=${encodeURIComponent('file:a.db~0123abcd/9000/14.exp1')}&v=1`,
    'This page is served on this machine (127.0.0.1:4173): elsewhere, put the part of the link from # on behind the address of Iterscope there.',
  ]);
  // An address that names none of them stays as it is.
  expect(linkLines([{ linkToken: 'sample' }])(`https://h.org/#/paper?${local}`)).toEqual([
    `Link: https://h.org/#/paper?${local}`,
  ]);
});

test('as Markdown a title with brackets stays one link', () => {
  expect(linkText('markdown', 'https://h/#/a_(b)', 'exp [1]', ['a.db'])).toBe(
    '[exp \\[1\\]](<https://h/#/a_(b)>)\n\n- a.db',
  );
});
