import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { proposalKinds } from '../domain/acceptance/kinds.ts';
import { groupings, metrics, scales, shows, type Search } from './fields.ts';
import { paymentFates } from '../domain/answers/runs.ts';
import { formatSearch, keepFiles, parseSearch } from './search.ts';

const word = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' });
const anySearch: fc.Arbitrary<Search> = fc.record(
  {
    db: fc.array(word, { minLength: 1, maxLength: 3 }),
    in: word,
    agent: word,
    iteration: fc.nat(1_000_000),
    show: fc.constantFrom(...shows),
    tick: fc.nat(1_000_000),
    metric: fc.constantFrom(...metrics),
    scale: fc.constantFrom(...scales),
    param: word,
    hide: fc.array(word, { minLength: 1, maxLength: 3 }),
    total: fc.constant('shown' as const),
    sort: fc.constantFrom('final', '-final'),
    q: word,
    left: fc.constant('BANK.A.3.force'),
    right: fc.constant('BANK_B.12.proposed'),
    experiment: word,
    kind: fc.constantFrom(...proposalKinds),
    only: word,
    within: word,
    k: fc.constantFrom('0', '7', '3-12'),
    reviewed: fc.constantFrom('yes', 'no'),
    group: fc.constantFrom(...groupings),
    sig: fc.constantFrom('required', 'none'),
    cv: fc.oneof(fc.constant('none' as const), fc.constantFrom(0, 0.5, 1.25)),
    floor: fc.oneof(fc.constant('none' as const), fc.constantFrom(0, 0.95, 1)),
    least: fc.constantFrom(0, 0.05, 1),
    as: fc.constant('table'),
    type: fc.array(word, { minLength: 1, maxLength: 3 }),
    tx: word,
    from: fc.nat(1_000_000),
    to: fc.nat(1_000_000),
    jump: word,
    payment: word,
    outcome: fc.constantFrom(...paymentFates),
    costs: fc.constant('component'),
    twin: word,
  },
  { requiredKeys: [] },
);

describe('search parameters', () => {
  it('come back from an address as they went in', () => {
    fc.assert(
      fc.property(anySearch, (search) => {
        expect(parseSearch(formatSearch(search))).toEqual({ search, problems: [] });
      }),
    );
  });

  it('fall back one by one: a bad iteration leaves the agent and the files standing', () => {
    const { search, problems } = parseSearch('?db=sample&iteration=-3&agent=BANK_A&scale=cubic');
    expect(search).toEqual({ db: ['sample'], agent: 'BANK_A' });
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('iteration=-3');
  });

  it('repeat db for several files', () => {
    expect(parseSearch('?db=sample&db=https%3A%2F%2Fhost%2Fa.db').search.db).toEqual([
      'sample',
      'https://host/a.db',
    ]);
  });

  it('carry a version, and say so when a link comes from a newer release', () => {
    expect(formatSearch({ agent: 'BANK_A' })).toBe('?agent=BANK_A&v=1');
    expect(parseSearch('?agent=BANK_A&v=7').problems[0]).toContain('newer');
    expect(parseSearch('?agent=BANK_A&v=7').search).toEqual({ agent: 'BANK_A' });
  });

  it('lose a password, and say so without it', () => {
    const { search, problems } = parseSearch('?db=https%3A%2F%2Fme%3Asecret%40host%2Fa.db');
    expect(search.db).toEqual(['https://host/a.db']);
    expect(problems.join()).toMatch(/^The link held a user name or a password for a host(?!.*secret)/);
  });

  it('say nothing about what is not set', () => {
    expect(formatSearch({})).toBe('');
  });

  it('keep the open files, and only them, on the way to another screen', () => {
    expect(keepFiles({ db: ['sample'], agent: 'BANK_A' }, { iteration: 3 })).toEqual({
      db: ['sample'],
      iteration: 3,
    });
  });
});
