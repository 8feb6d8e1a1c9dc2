import { expect, test } from 'vitest';

import {
  conditionWords,
  filterWords,
  formatFilter,
  namesInOperand,
  parseFilter,
  setOperand,
  testOf,
  type FilterColumn,
} from './filter.ts';
import { setValuesIn, storedNumber, typedFilter, typedInColumn } from './typedFilter.ts';

interface Row {
  readonly fraction?: number;
  readonly saving?: bigint;
  readonly verdict?: string;
  readonly reason?: string;
  readonly worse?: number;
}

const fraction: FilterColumn<Row> = {
  id: 'proposed.initial_liquidity_fraction',
  kind: 'share',
  say: 'proposed',
  label: 'initial_liquidity_fraction, proposed',
  value: (row) => row.fraction,
};
const saving: FilterColumn<Row> = { id: 'saving', kind: 'money', say: 'saving', value: (row) => row.saving };
const verdict: FilterColumn<Row> = {
  id: 'verdict',
  kind: 'set',
  say: 'verdict',
  value: (row) => row.verdict,
  alias: (row) => `verdict of ${row.verdict ?? ''}`,
  phrases: new Map([['verdict does not follow', { operator: '!=', operand: 'accepted' }]]),
};
const worse: FilterColumn<Row> = {
  id: 'worse',
  kind: 'number',
  say: 'worse',
  label: 'Samples worse',
  value: (row) => row.worse,
  answers: new Map([['yes', { operator: '>', operand: '0' }]]),
};
const inForce: FilterColumn<Row> = {
  ...fraction,
  id: 'force.initial_liquidity_fraction',
  say: 'in force',
  label: 'initial_liquidity_fraction, in force',
};
const reason: FilterColumn<Row> = { id: 'reason', kind: 'text', say: 'reason', value: (row) => row.reason };
const columns = [inForce, fraction, saving, verdict, reason, worse];
const known: readonly Row[] = ['rejected', 'invalid', 'accepted', 'unchanged'].map((one) => ({
  verdict: one,
}));
const valuesOf = setValuesIn(known);

/** The condition as the address has it. */
function addressed(typed: string): string | undefined {
  const found = typedFilter(typed, columns, valuesOf);
  return 'filter' in found ? formatFilter(found.filter) : undefined;
}

function left(typed: string, rows: readonly Row[]): readonly Row[] {
  const found = typedFilter(typed, columns, valuesOf);
  if (!('filter' in found)) throw new Error(found.problem);
  const column = columns.find(({ id }) => id === found.filter.column);
  const test = column === undefined ? undefined : testOf(found.filter, column);
  if (test === undefined) throw new Error('does not fit');
  return rows.filter(test);
}

test('percent and the share it is are one number, to the last bit', () => {
  for (let tenths = 0; tenths <= 1000; tenths += 1)
    expect(storedNumber(`${tenths / 10} %`, 'share')).toBe(String(Number(`${tenths}e-3`)));
  expect(addressed('proposed < 15 %')).toBe('proposed.initial_liquidity_fraction<0.15');
  expect(addressed('Proposed<15%')).toBe('proposed.initial_liquidity_fraction<0.15');
  expect(addressed('proposed < 0.15')).toBe('proposed.initial_liquidity_fraction<0.15');
  expect(addressed('proposed < 15')).toBe('proposed.initial_liquidity_fraction<0.15');
});

test('an end that is not meant is not in: below 15 % leaves out 15 %', () => {
  const rows = [{ fraction: 0.15 }, { fraction: 0.149 }, { fraction: 0 }, {}];
  expect(left('proposed < 15 %', rows)).toEqual([{ fraction: 0.149 }, { fraction: 0 }]);
  expect(left('proposed <= 15 %', rows)).toHaveLength(3);
  expect(left('proposed = 14.9..15 %', rows)).toHaveLength(2);
  expect(left('proposed = ..14.9 %', rows)).toHaveLength(2);
  // One sign is for both ends, below one percent too.
  for (const typed of ['0.5..15 %', '1..15', '0.005..0.15'])
    expect(left(`proposed = ${typed}`, rows)).toEqual(left('proposed = 0.5 %..15 %', rows));
});

test('money is typed in dollars and compared in cents, beyond what a double can hold', () => {
  expect(addressed('saving >= -$5.25')).toBe('saving>=-525');
  expect(addressed('saving > $1,000')).toBe('saving>100000');
  expect(addressed('saving > 0.001')).toBeUndefined();
  const most = 9_007_199_254_740_993n;
  expect(left('saving > 90071992547409.92', [{ saving: most }, { saving: most - 1n }])).toEqual([
    { saving: most },
  ]);
});

test('an amount beyond 2^53 cents is typed, addressed, compared and shown to the cent', () => {
  const largest = 9_223_372_036_854_775_807n;
  const rows = [{ saving: largest }, { saving: largest - 3n }, { saving: 9_007_199_254_740_993n }];
  const kept = (text: string) => {
    const test = testOf(parseFilter(text) ?? expect.fail(text), saving);
    return rows.filter((row) => test?.(row)).map((row) => row.saving);
  };
  expect(kept('saving=9007199254740993')).toEqual([9_007_199_254_740_993n]);
  expect(kept('saving=9007199254740992')).toEqual([]);
  expect(kept('saving>9223372036854775806')).toEqual([largest]);
  expect(kept('saving<=9223372036854775803')).toEqual([9_007_199_254_740_993n]);
  expect(kept('saving=9223372036854775804..9223372036854775806')).toEqual([largest - 3n]);
  expect(addressed('saving = $90,071,992,547,409.93')).toBe('saving=9007199254740993');
  expect(addressed('saving < -.5')).toBe('saving<-50');
  expect(addressed('worse = 9007199254740993')).toBe('worse=9007199254740993');
  expect(addressed('saving = 92233720368547758.07..92233720368547758.04')).toBeUndefined();
  expect(conditionWords({ column: 'saving', operator: '>', operand: '9007199254740993' }, 'money')).toBe(
    '> $90,071,992,547,409.93',
  );
  expect(conditionWords({ column: 'saving', operator: '<', operand: '-500' }, 'money')).toBe('< −$5');
});

test('what is not recorded fulfils no comparison, and can be asked for', () => {
  const rows = [{ saving: 0n }, {}];
  expect(left('saving < 5', rows)).toEqual([{ saving: 0n }]);
  expect(left('saving != 5', rows)).toEqual([{ saving: 0n }]);
  expect(left('saving = none', rows)).toEqual([{}]);
  expect(left('saving != none', rows)).toEqual([{ saving: 0n }]);
});

test('sets and texts', () => {
  const rows = [{ verdict: 'rejected' }, { verdict: 'invalid' }, { verdict: 'accepted' }, {}];
  expect(left('verdict = rejected, invalid', rows)).toHaveLength(2);
  expect(left('verdict != rejected', rows)).toHaveLength(3);
  expect(
    left('reason ~ FLOOR', [{ reason: 'settles 66.7 %, floor 95.0 %' }, { reason: 'dearer' }]),
  ).toHaveLength(1);
  expect(namesInOperand(setOperand(['a,b', '5 %']))).toEqual(['a,b', '5 %']);
});

test('a column is found by words of its name, a set by any case, and a name that no row has is said', () => {
  expect(addressed('fraction < 15 %')).toBe('proposed.initial_liquidity_fraction<0.15');
  expect(addressed('all that ever proposed a fraction below 15 %')).toBe(
    'proposed.initial_liquidity_fraction<0.15',
  );
  expect(addressed('fraction in force < 15 %')).toBe('force.initial_liquidity_fraction<0.15');
  expect(addressed('samples worse >= 3')).toBe('worse>=3');
  expect(addressed('worse = yes')).toBe('worse>0');
  expect(addressed('Verdict does  not follow')).toBe('verdict!=accepted');
  expect(addressed('verdict = Rejected, INVALID')).toBe('verdict=rejected,invalid');
  expect(addressed('verdict is Verdict of rejected')).toBe('verdict=rejected');
  expect(typedFilter('verdict = rejcted', columns, valuesOf)).toEqual({
    problem: 'No proposal has verdict “rejcted”; nearest are rejected, accepted, unchanged.',
  });
  expect(typedFilter('liquidity in < 3', [inForce, { ...inForce, say: 'in hand' }], valuesOf)).toEqual({
    problem: '“liquidity in” may be “in force”, “in hand”. Write more of it.',
  });
});

test('what cannot be understood is said, never guessed', () => {
  expect(addressed('fee < 3')).toBeUndefined();
  expect(addressed('saving < cheap')).toBeUndefined();
  expect(addressed('verdict < rejected')).toBeUndefined();
  expect(parseFilter('saving')).toBeUndefined();
});

test('a condition reads back as it is typed', () => {
  for (const typed of [
    'proposed < 15 %',
    'saving >= −$5.25',
    'verdict = rejected, invalid',
    'reason ~ floor',
  ]) {
    const filter = parseFilter(addressed(typed) ?? '');
    const column = columns.find(({ id }) => id === filter?.column);
    expect(filter === undefined || column === undefined ? '' : filterWords(filter, column)).toBe(typed);
    if (filter === undefined || column === undefined) continue;
    expect(typedInColumn(conditionWords(filter, column.kind), column, valuesOf)).toEqual({ filter });
  }
});
