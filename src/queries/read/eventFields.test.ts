import { expect, test } from 'vitest';

import { bigInt, nullable, queryRows, text } from '../../engine/rows.ts';
import { join, sql } from '../../lib/sql.ts';
import { openFixture } from '../../testing/openFixture.ts';
import { integerIn, isNoObject, leadingFields, textIn } from './eventFields.ts';

const whole = '{"sender": "A", "receiver": "B", "amount": 12, "sender_balance_before": -7, "more": 1}';

/** As writers leave them, in another form, and broken; each with the amount that it states. */
const stored = {
  whole,
  compact: whole.replaceAll(': ', ':').replaceAll(', ', ','),
  spaced: whole.replaceAll(': ', ':  ').replaceAll('{', ' { ').replaceAll('}', '\n} '),
  'without what may follow': '{"sender": "A", "receiver": "B", "amount": 12}',
  'another order': '{"amount": 12, "sender_balance_before": -7, "receiver": "B", "sender": "A"}',
  'a name with a quote': whole.replace('"A"', String.raw`"A \"x\", \"amount\": 5"`),
  'an empty name': whole.replace('"A"', '""'),
  'an escape behind': whole.replace('"more": 1', String.raw`"more": "\\"`),
  'a fraction': whole.replace('12', '12.5'),
  'a whole number written otherwise': whole.replace('12', '1.2e1'),
  'a balance that is no number': whole.replace('-7', 'NaN'),
  'a text for a number': whole.replace('12', '"12"'),
  'beyond 64 bits': whole.replace('12', '12345678901234567890'),
  'the largest': whole.replace('12', '9223372036854775807'),
  'a number that breaks off': '{"sender": "A", "receiver": "B", "amount": 12',
  'no comma': whole.replace('12,', '12'),
  'breaks off behind': whole.slice(0, -3),
  'no object': 'not json',
  empty: '{}',
  nothing: null,
} as const;

const rows = join(
  Object.entries(stored).map(([name, details]) => sql`(${name}, ${details}::VARCHAR)`),
  ', ',
);
const {
  read,
  integer,
  text: textOf,
} = leadingFields({
  keys: { sender: 'text', receiver: 'text', amount: 'integer' },
  perhaps: 'sender_balance_before',
});
const of = (fields: readonly ReturnType<typeof sql>[]) => {
  const [sender, receiver, amount, before] = fields;
  return sql`SELECT name, ${sender ?? sql``} AS sender, ${receiver ?? sql``} AS receiver, ${amount ?? sql``} AS amount,
    ${before ?? sql``} AS before FROM (SELECT *, ${read} FROM (VALUES ${rows}) AS t(name, details)) ORDER BY name`;
};
const spec = {
  name: text,
  sender: nullable(text),
  receiver: nullable(text),
  amount: nullable(bigInt),
  before: nullable(bigInt),
};

// Of details that break off `isNoObject` is asked as well.
test('fields read in one pass are what each key gives by itself, however the details are written', async () => {
  const { engine } = await openFixture();
  const inOnePass = await queryRows(
    engine,
    of([textOf('sender'), textOf('receiver'), integer('amount'), integer('sender_balance_before')]),
    spec,
  );
  const oneByOne = await queryRows(
    engine,
    of([textIn('sender'), textIn('receiver'), integerIn('amount'), integerIn('sender_balance_before')]),
    spec,
  );
  expect(inOnePass).toEqual(oneByOne);
  const amounts = Object.fromEntries(inOnePass.map(({ name, amount }) => [name, amount]));
  expect(amounts).toEqual({
    ...Object.fromEntries(Object.keys(stored).map((name) => [name, 12n])),
    'a fraction': undefined,
    'a text for a number': undefined,
    'beyond 64 bits': undefined,
    'the largest': 9223372036854775807n,
    'no comma': undefined,
    'no object': undefined,
    empty: undefined,
    nothing: undefined,
  });
});

test('details that break off, or are none, are no object', async () => {
  const { engine } = await openFixture();
  const found = await queryRows(
    engine,
    sql`SELECT name FROM (VALUES ${rows}) AS t(name, details) WHERE ${isNoObject()} ORDER BY name`,
    { name: text },
  );
  expect(found.map(({ name }) => name)).toEqual([
    'a number that breaks off',
    'breaks off behind',
    'no object',
    'nothing',
  ]);
});
