import { expect, test } from 'vitest';

import { linkText, pageReach, sharedFiles, withoutAddresses } from './shareText.ts';

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

test('as Markdown a title with brackets stays one link', () => {
  expect(linkText('markdown', 'https://h/#/a_(b)', 'exp [1]', ['a.db'])).toBe(
    '[exp \\[1\\]](<https://h/#/a_(b)>)\n\n- a.db',
  );
});
