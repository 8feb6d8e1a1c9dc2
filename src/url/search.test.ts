import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { index, name } from './fields.ts';
import { formatSearch, parseSearch, readQuery } from './search.ts';

const fields = {
  agent: name,
  iteration: index,
  scale: z.enum(['linear', 'log']),
  hide: z.array(name),
} as const;
const parse = (text: string) => parseSearch(fields, readQuery(text).raw);

describe('search parameters', () => {
  it('fall back one by one: a bad iteration leaves the agent and the files standing', () => {
    const { search, problems } = parse('?db=sample&iteration=-3&agent=BANK_A&scale=cubic');
    expect(search).toEqual({ db: ['sample'], agent: 'BANK_A' });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('iteration=-3');
  });

  it('repeat db for several files, and a list of one is a list', () => {
    expect(parse('?db=sample&db=https%3A%2F%2Fhost%2Fa.db&hide=BANK_A').search).toEqual({
      db: ['sample', 'https://host/a.db'],
      hide: ['BANK_A'],
    });
  });

  it('that may not repeat count once, the first', () => {
    expect(parse('?agent=BANK_A&agent=BANK_B').search).toEqual({ agent: 'BANK_A' });
  });

  it('of another screen are nothing to this one, and nothing to complain of', () => {
    expect(parse('?tick=12&agent=BANK_A')).toEqual({ search: { agent: 'BANK_A' }, problems: [] });
  });

  it('are understood again as they were understood before', () => {
    const { search } = parse('?iteration=7&hide=a&hide=b&db=sample');
    expect(parseSearch(fields, search)).toEqual({ search, problems: [] });
  });

  it('carry a version, and say so when a link comes from a newer release', () => {
    expect(formatSearch({ agent: 'BANK_A' })).toBe('?agent=BANK_A&v=1');
    expect(readQuery('?agent=BANK_A&v=7').problem).toContain('newer');
    expect(parse('?agent=BANK_A&v=7').search).toEqual({ agent: 'BANK_A' });
  });

  it('lose a password, and say so without it', () => {
    const { search, problems } = parse('?db=https%3A%2F%2Fme%3Asecret%40host%2Fa.db');
    expect(search.db).toEqual(['https://host/a.db']);
    expect(problems.join()).toMatch(/^The link held a user name or a password for a host(?!.*secret)/);
  });

  it('say nothing about what is not set', () => {
    expect(formatSearch({ agent: undefined })).toBe('');
  });

  it('are text, whatever their names', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string({ minLength: 1 }).filter((field) => field !== 'v'),
          fc.string(),
        ),
        (raw) => {
          expect(readQuery(formatSearch(raw)).raw).toEqual(raw);
        },
      ),
    );
  });
});
