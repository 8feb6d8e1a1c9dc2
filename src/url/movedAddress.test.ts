import { expect, test } from 'vitest';

import { movedAddress } from './givenAddress.ts';

const at = (hash: string) => movedAddress(`https://host/app/${hash}`)?.split('/app/')[1];

test('a link to the desk over all files, from the time when it was #/proposals', () => {
  expect(at('#/proposals?db=sample&show=all&kind=worse&v=1')).toBe(
    '#/desk?db=sample&show=all&kind=worse&v=1',
  );
  expect(at('#/proposals?db=a&db=b&experiment=exp1&iteration=3&agent=A&in=a.db&v=1')).toBe(
    '#/desk?db=a&db=b&experiment=exp1&iteration=3&agent=A&in=a.db&v=1',
  );
});

test('the table of all proposals stays where it is, as does every other screen', () => {
  expect(at('#/proposals?db=sample&v=1')).toBeUndefined();
  expect(at('#/proposals?db=sample&f=verdict%3Drejected&sort=-saving&v=1')).toBeUndefined();
  expect(at('#/experiments/exp1/proposals?show=all&v=1')).toBeUndefined();
});
