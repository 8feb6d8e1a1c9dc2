import { expect, it } from 'vitest';

import { hideCredentials } from './givenAddress.ts';

it('takes a password out of an address, and leaves all others alone', () => {
  const link = (db: string) => `https://app/#/experiments?${new URLSearchParams({ db, agent: 'A' })}`;
  const hidden = hideCredentials(link('https://me:secret@host/a.db')) ?? '';
  expect(new URLSearchParams(hidden.split('?')[1]).getAll('db')).toEqual(['https://host/a.db']);
  expect(hidden).toContain('agent=A');
  expect(hideCredentials(link('https://host/a.db'))).toBeUndefined();
  expect(hideCredentials('https://app/')).toBeUndefined();
});
