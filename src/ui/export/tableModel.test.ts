import { expect, test } from 'vitest';
import { cents, type Cents } from '../../lib/units.ts';
import type { GridColumn } from '../grid/gridColumn.ts';
import { toCsv } from './tableModel.ts';

interface Row {
  readonly note: string | undefined;
  readonly cost: Cents | undefined;
}
const columns: readonly GridColumn<Row>[] = [
  { id: 'note', header: 'Note', value: (row) => row.note },
  { id: 'cost', header: 'cost', group: 'Bank, A', value: (row) => row.cost, render: () => '$1.00' },
];

test('headings carry their group; money is integer cents; absence is empty', () => {
  const rows = [
    { note: 'plain', cost: cents(-123456) },
    { note: undefined, cost: undefined },
  ];
  expect(toCsv(columns, rows)).toBe('Note,"Bank, A cost"\r\nplain,-123456\r\n,\r\n');
});

test('quotes, commas and line ends are quoted', () => {
  const rows = [{ note: 'say "a, b"\nthen c', cost: cents(1) }];
  expect(toCsv(columns, rows)).toBe('Note,"Bank, A cost"\r\n"say ""a, b""\nthen c",1\r\n');
});

test.each(['=1+1', '+1', '-1', '@sum', '\t=1', '\r=1'])(
  'a text starting like a formula stays text: %j',
  (note) => {
    const [, line] = toCsv([...columns.slice(0, 1)], [{ note, cost: undefined }]).split(/\r\n(?!=)/);
    expect(line?.replace(/^"/, '').startsWith("'")).toBe(true);
  },
);

test('copyValue decides what is written', () => {
  const column: GridColumn<Row> = {
    id: 'x',
    header: 'X',
    value: () => 'seen',
    copyValue: () => 12345678901234567890n,
  };
  expect(toCsv([column], [{ note: '', cost: undefined }])).toBe('X\r\n12345678901234567890\r\n');
});
