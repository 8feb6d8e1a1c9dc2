import { expect, test } from 'vitest';
import { parquetReadObjects, parquetMetadata } from 'hyparquet';
import type { GridColumn } from '../grid/gridColumn.ts';
import { escapeLatex, latexTable } from './latex.ts';
import { writeParquet } from './parquet.ts';
import { dollars, tableModel, csvText, jsonText, markdownText } from './tableModel.ts';

interface Line {
  readonly name: string;
  readonly cents: bigint | undefined;
  readonly share: number | undefined;
}

const columns: readonly GridColumn<Line>[] = [
  { id: 'name', header: 'Name', value: (line) => line.name },
  { id: 'cost', header: 'Cost', group: 'BANK_A', value: (line) => line.cents, render: () => '$' },
  { id: 'share', header: 'Share', value: (line) => line.share },
];
const lines: readonly Line[] = [
  { name: '=1+1', cents: -123405n, share: 0.5 },
  { name: 'A & B_50%', cents: 9007199254740993n, share: undefined },
  { name: 'x|y', cents: undefined, share: NaN },
];
const inCents = tableModel(columns, lines, 'cents');
const inDollars = tableModel(columns, lines, 'dollars');
const from = ['File: results.db'];

test('money says its unit in the head, and keeps every digit either way', () => {
  expect(inCents.columns.map(({ header }) => header)).toEqual(['Name', 'BANK_A Cost (cents)', 'Share']);
  expect(inDollars.columns[1]?.header).toBe('BANK_A Cost ($)');
  expect(inCents.rows.map((row) => row[1])).toEqual([-123405n, 9007199254740993n, undefined]);
  expect(inDollars.rows.map((row) => row[1])).toEqual(['-1234.05', '90071992547409.93', undefined]);
  expect(dollars(-5n)).toBe('-0.05');
});

test('CSV is plain, or safe for spreadsheets; negative dollars are no formulas', () => {
  expect(csvText(inDollars, false)).toBe(
    'Name,BANK_A Cost ($),Share\r\n=1+1,-1234.05,0.5\r\nA & B_50%,90071992547409.93,\r\nx|y,,NaN\r\n',
  );
  expect(csvText(inDollars, true)).toBe(
    "\ufeffName,BANK_A Cost ($),Share\r\n'=1+1,-1234.05,0.5\r\nA & B_50%,90071992547409.93,\r\nx|y,,NaN\r\n",
  );
});

test('JSON has null for what is absent, a text for what is no number, all digits of the rest', () => {
  const text = jsonText(inCents, from);
  expect(text).toContain('"BANK_A Cost (cents)": 9007199254740993');
  expect(JSON.parse(text)).toMatchObject({
    provenance: from,
    rows: [{ Name: '=1+1', Share: 0.5 }, { Share: null }, { 'BANK_A Cost (cents)': null, Share: 'NaN' }],
  });
});

test('Markdown keeps its columns whatever stands in them', () => {
  const [head, rule, , second, third] = markdownText(inDollars, from).split('\n');
  expect(head).toBe('| Name | BANK\\_A Cost ($) | Share |');
  expect(rule).toBe('| --- | ---: | ---: |');
  expect(second).toBe('| A & B\\_50% | 90071992547409.93 | – |');
  expect(third).toBe('| x\\|y | – | NaN |');
});

test('LaTeX is escaped and aligned at the point', () => {
  const text = latexTable(inDollars, { caption: 'Costs of A & B', label: 'costs', provenance: from });
  expect(text).toContain('\\begin{tabular}{lr@{}lr@{}l}');
  expect(text).toContain('\\caption{Costs of A \\& B}');
  expect(text).toContain(
    [
      '& \\multicolumn{2}{c}{BANK\\_A} & & \\\\',
      '\\cmidrule(lr){2-3}',
      'Name & \\multicolumn{2}{r}{Cost (\\$)} & \\multicolumn{2}{r}{Share} \\\\',
    ].join('\n'),
  );
  expect(text).toContain('=1+1 & $-$1234&.05 & 0&.5 \\\\');
  expect(text).toContain('A \\& B\\_50\\% & 90\\,071\\,992\\,547\\,409&.93 & \\multicolumn{2}{r}{--} \\\\');
  expect(text.startsWith('% File: results.db\n')).toBe(true);
  expect(escapeLatex('a\\b{c} “x” ≤ é 漢 ━─│┏')).toBe(
    "a\\textbackslash{}b\\{c\\} ``x'' $\\le$ é \\texttt{U+6F22} -\\allowbreak{}-\\allowbreak{}\\textbar{}+",
  );
});

test('a LaTeX table of any size keeps every column and row in reach', () => {
  const wide = Array.from({ length: 45 }, (_, index): GridColumn<number> => ({
    id: `c${index}`,
    header: index === 1 ? '95 % of the mean new cost, from' : `c${index}`,
    value: (row) => row * 100 + index,
  }));
  const of = (count: number, rows: number): string =>
    latexTable(
      tableModel(
        wide.slice(0, count),
        Array.from({ length: rows }, (_, row) => row),
        'cents',
      ),
      { caption: 'All', label: 'all', provenance: [] },
    );
  const counted = (text: string, part: string): number => text.split(part).length - 1;
  // 45 columns: 1 + 19, 1 + 19, 1 + 6; 90 rows: 40, 40, 10.
  const parts = of(45, 90);
  expect(counted(parts, '\\begin{table}')).toBe(9);
  expect(counted(parts, '\\rotatebox{90}')).toBe(6);
  expect(counted(parts, '\\caption{Part ')).toBe(8);
  expect(counted(parts, '\\addtocounter{table}{-1}')).toBe(8);
  for (let row = 0; row < 90; row += 1)
    for (let column = 1; column < 45; column += 1)
      expect(parts).toMatch(new RegExp(`& ${row * 100 + column} `));
  // Ten texts of five lines are 50 lines, and a long word may break anywhere.
  const texts = latexTable(
    tableModel(
      [{ id: 'x', header: 'Details', value: (row: string) => row }],
      Array.from({ length: 10 }, () => 'ab '.repeat(50) + 'x'.repeat(20)),
      'cents',
    ),
    { caption: 'Texts', label: 'texts', provenance: [] },
  );
  expect(texts).toContain('\\begin{tabular}{p{60mm}}');
  expect(counted(texts, '\\begin{table}')).toBe(2);
  expect(counted(texts, 'x\\allowbreak{}')).toBe(190);
  expect(counted(of(7, 41), '\\resizebox')).toBe(2);
  expect(counted(of(6, 41), '\\begin{longtable}')).toBe(1);
  expect(of(3, 2)).toContain(
    '\\multicolumn{1}{r}{c0} & \\multicolumn{1}{r}{\\shortstack[r]{95 % of the\\\\mean new cost,\\\\from}}'.replace(
      '%',
      '\\%',
    ),
  );
});

test('Parquet holds whole numbers exactly, and says where it comes from', async () => {
  const file = writeParquet(inCents, from);
  const rows: readonly Record<string, unknown>[] = await parquetReadObjects({ file });
  expect(rows.map((row) => row['BANK_A Cost (cents)'])).toEqual([-123405n, 9007199254740993n, null]);
  expect(rows.map((row) => row.Name)).toEqual(['=1+1', 'A & B_50%', 'x|y']);
  expect(parquetMetadata(file).key_value_metadata).toContainEqual({
    key: 'provenance',
    value: 'File: results.db',
  });
});

test('two columns of one heading stay apart', () => {
  const twice = [columns[0], columns[0]].flatMap((column) => column ?? []);
  expect(tableModel(twice, lines, 'cents').columns.map(({ header }) => header)).toEqual(['Name', 'Name 2']);
});

test('what a file says is text in every format: no formula, no tag, no link, no command', async () => {
  const texts = [
    '=cmd|x',
    '@SUM(A1)',
    '<img src=x onerror=alert(1)>',
    '[a](javascript:alert(1))',
    '\\input{/etc/passwd}',
  ];
  const column: GridColumn<string> = { id: 'name', header: '=Name', value: (text) => text };
  const table = tableModel([column], texts, 'cents');
  const origin = ['File: a\n\\input{b}\r\\input{c}.db'];
  const csv = csvText(table, true, false).split('\r\n');
  expect(csv).toEqual(["'=Name", "'=cmd|x", "'@SUM(A1)", ...texts.slice(2), '']);
  const markdown = markdownText(table, origin);
  expect(markdown.replaceAll('<br>', '')).not.toMatch(/(^|[^\\])[<[]/m);
  expect(markdown.split('\n').filter((line) => line.startsWith('-'))).toHaveLength(1);
  const latex = latexTable(table, { caption: texts[4] ?? '', label: 'x', provenance: origin });
  expect(latex.replace(/^%.*$/gm, '')).not.toContain('\\input');
  const rows: readonly Record<string, unknown>[] = await parquetReadObjects({
    file: writeParquet(table, origin),
  });
  expect(rows.map((row) => row['=Name'])).toEqual(texts);
  expect(JSON.parse(jsonText(table, origin))).toEqual({
    provenance: origin,
    rows: texts.map((text) => ({ '=Name': text })),
  });
});
