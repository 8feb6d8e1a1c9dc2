import { expect, it } from 'vitest';

import { hrefTo } from './addresses.ts';

it('takes the open files along, of the rest only what is said', () => {
  const here = { db: ['sample'], in: 'a.db', agent: 'BANK_A' };
  expect(hrefTo('/experiments', here)).toBe('#/experiments?db=sample&v=1');
  expect(hrefTo('/desk', here, { show: 'all' })).toBe('#/desk?db=sample&show=all&v=1');
});

it('keeps the file that a thing is meant in, until another is said', () => {
  const here = { db: ['sample'], in: 'a.db' };
  const id = 'a/b c%';
  expect(hrefTo('/experiments/$experimentId', here, { experimentId: id, iteration: 3 })).toBe(
    '#/experiments/a%2Fb%20c%25?db=sample&in=a.db&iteration=3&v=1',
  );
  expect(hrefTo('/runs/$simulationId', here, { simulationId: 'sim', in: 'b.db' })).toContain('in=b.db');
  expect(hrefTo('/runs/$simulationId', here, { simulationId: 'sim', in: undefined })).not.toContain('in=');
});

it('fills each name of a path', () => {
  expect(
    hrefTo(
      '/experiments/$experimentId/iterations/$iteration',
      { in: undefined },
      { experimentId: 'e', iteration: 4, agent: 'BANK_A' },
    ),
  ).toBe('#/experiments/e/iterations/4?agent=BANK_A&v=1');
});
