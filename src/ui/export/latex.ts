import { numberText } from '../../lib/format.ts';
import type { CellValue } from '../grid/gridColumn.ts';
import type { TableModel } from './tableModel.ts';

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  '\n': ' ',
  '\r': ' ',
  '\t': ' ',
  '–': '--',
  '—': '---',
  '−': '$-$',
  '×': '$\\times$',
  '·': '$\\cdot$',
  '→': '$\\rightarrow$',
  '≤': '$\\le$',
  '≥': '$\\ge$',
  '≠': '$\\neq$',
  '±': '$\\pm$',
  '‘': '`',
  '’': "'",
  '“': '``',
  '”': "''",
  '…': '\\ldots{}',
  '\u00a0': '~',
  '\u202f': '\\,',
};

/** Frames and rules that prompts draw with characters; a row of them may break. */
function ruleOf(character: string): string | undefined {
  if (!/[\u2500-\u257f]/.test(character)) return undefined;
  if (/[─━┄┅┈┉╌╍╴╶╸╺╼╾]/.test(character)) return '-\\allowbreak{}';
  if (character === '═') return '=\\allowbreak{}';
  return /[│┃┆┇┊┋╎╏║╵╷╹╻╽╿]/.test(character) ? '\\textbar{}' : '+';
}

/**
 * Text that means itself in LaTeX. Frames are drawn with `-`, `=`, `|` and `+`; another character that pdfLaTeX has no letter
 * for is named by its number.
 */
export function escapeLatex(text: string): string {
  return Array.from(text.normalize('NFC'), (character) => {
    const known = escapes[character] ?? ruleOf(character);
    if (known !== undefined) return known;
    if (/[ -~]/.test(character)) return character;
    // Latin letters with accents, which T1 fonts have.
    if (/[\u00a1-\u017e]/.test(character)) return character;
    return `\\texttt{U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}}`;
  }).join('');
}

interface LatexOptions {
  readonly caption: string;
  /** Of `\label{tab:…}`; letters, digits and hyphens. */
  readonly label: string;
  readonly provenance: readonly string[];
}

/** More rows than these do not fit on a page. */
export const mostOnPage = 40;
/** More columns than these do not fit beside each other in the type of the text. */
const widest = 6;
/** More than these not on an upright page. */
const widestUpright = 12;
/** And more than these cannot be read once they are shrunk: the table goes on below, its first column again in front. */
const mostBeside = 20;

type Column = TableModel['columns'][number] & {
  /** Place among the cells of a row. */
  readonly index: number;
  /** Numbers with decimals take two columns of LaTeX, parted at the point. */
  readonly hasPoint: boolean;
  /** Long texts break into lines. */
  readonly isWrapped: boolean;
  /** Of its longest line. */
  readonly letters: number;
};

/** Letters of a line of long texts, which is 60 mm wide. */
const lineLetters = 36;
/** Letters that stand beside each other on a page in the type of the text. */
const pageLetters = 90;

/**
 * A booktabs table: numbers aligned at the point, groups and units in the head, origin in comments. Where it is too wide for
 * the page long texts break into lines and it is shrunk, from 13 columns on along the page; from 21 on it is set in parts. Needs the packages booktabs and
 * graphicx, and for more than 40 rows of at most 6 columns longtable; wider ones go on in a table of their own every 40 lines,
 * since a longtable cannot be shrunk.
 */
export function latexTable(table: TableModel, { caption, label, provenance }: LatexOptions): string {
  const columns = table.columns.map((column, index): Column => {
    const longest = table.rows.reduce((most, row) => Math.max(most, String(row[index] ?? '').length), 0);
    const isWrapped = !column.isNumeric && longest > lineLetters;
    const head = Math.min(headLetters, (column.label ?? column.header).length);
    return {
      ...column,
      index,
      hasPoint:
        column.isNumeric && table.rows.some((row) => (splitNumber(row[index])?.fraction ?? '') !== ''),
      isWrapped,
      letters: 2 + Math.max(head, isWrapped ? lineLetters : longest),
    };
  });
  const isWide =
    columns.length > widest || columns.reduce((sum, { letters }) => sum + letters, 0) > pageLetters;
  const isLong = table.rows.length > mostOnPage && !isWide;
  const rowParts = isLong ? [table.rows] : pagesOf(columns, table.rows);
  const [first] = columns;
  const columnParts =
    columns.length <= mostBeside || first === undefined
      ? [columns]
      : inParts(columns.slice(1), mostBeside - 1).map((part) => [first, ...part]);
  const parts = columnParts.flatMap((beside) => rowParts.map((rows) => ({ beside, rows })));
  return [
    ...provenance.map((fact) => `% ${fact.replace(/[\r\n]+/g, ' ')}`),
    `% Packages: booktabs${isLong ? ', longtable' : ', graphicx'}`,
    ...parts.flatMap(({ beside, rows }, index) => {
      const titled =
        index === 0
          ? [`\\caption{${escapeLatex(caption)}}`, `\\label{tab:${label}}`]
          : ['\\addtocounter{table}{-1}', `\\caption{Part ${index + 1} of ${parts.length}}`];
      // LaTeX keeps a few tables at most that wait for their page.
      return [
        ...(index > 0 ? ['\\clearpage'] : []),
        ...(isLong ? longTable : pageTable)(beside, rows, titled),
      ];
    }),
    '',
  ].join('\n');
}

function inParts<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  const count = Math.max(1, Math.ceil(items.length / size));
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** Rows of one page each, by their lines. */
function pagesOf(columns: readonly Column[], rows: TableModel['rows']): readonly TableModel['rows'][] {
  const wrapped = columns.filter(({ isWrapped }) => isWrapped);
  const pages: CellValue[][][] = [[]];
  let lines = 0;
  for (const row of rows) {
    const own = wrapped.map(({ index }) => Math.ceil(String(row[index] ?? '').length / lineLetters));
    const high = Math.max(1, ...own);
    if (lines > 0 && lines + high > mostOnPage) {
      pages.push([]);
      lines = 0;
    }
    lines += high;
    pages.at(-1)?.push([...row]);
  }
  return pages;
}

/** A long text in lines; a long word, as JSON is, breaks anywhere. */
function wrapped(text: string): string {
  const words = text
    .split(/\s+/)
    .map((word) =>
      word.length <= lineLetters / 2
        ? escapeLatex(word)
        : Array.from(word.normalize('NFC'), escapeLatex).join('\\allowbreak{}'),
    );
  return `{\\raggedright ${words.join(' ')}\\par}`;
}

type SetPart = (
  columns: readonly Column[],
  rows: TableModel['rows'],
  titled: readonly string[],
) => readonly string[];

const longTable: SetPart = (columns, rows, titled) => [
  `\\begin{longtable}{${shapeOf(columns)}}`,
  `${titled.join('\n')}\\\\`,
  ...headOf(columns),
  '\\endhead',
  ...bodyOf(columns, rows),
  '\\bottomrule',
  '\\end{longtable}',
];

const pageTable: SetPart = (columns, rows, titled) => {
  const isTurned = columns.length > widestUpright;
  const limit = isTurned ? '0.85\\textheight' : '\\linewidth';
  return [
    '\\begin{table}[htbp]',
    '\\centering',
    ...titled,
    // Wide tables are set small before they are shrunk.
    ...(columns.length > widest ? ['\\footnotesize', '\\setlength{\\tabcolsep}{3pt}'] : []),
    `${isTurned ? '\\rotatebox{90}{' : '{'}\\resizebox{\\ifdim\\width>${limit} ${limit}\\else\\width\\fi}{!}{%`,
    `\\begin{tabular}{${shapeOf(columns)}}`,
    ...headOf(columns),
    ...bodyOf(columns, rows),
    '\\bottomrule',
    '\\end{tabular}',
    '}}',
    '\\end{table}',
  ];
};

const shapeOf = (columns: readonly Column[]): string =>
  columns
    .map(({ isNumeric, hasPoint, isWrapped }) =>
      isWrapped ? 'p{60mm}' : hasPoint ? 'r@{}l' : isNumeric ? 'r' : 'l',
    )
    .join('');

const bodyOf = (columns: readonly Column[], rows: TableModel['rows']): readonly string[] =>
  rows.map((row) =>
    line(
      columns.map(({ index, hasPoint, isNumeric, isWrapped }) => {
        const value = row[index];
        return isWrapped && value !== undefined
          ? wrapped(String(value))
          : latexCell(value, hasPoint, isNumeric);
      }),
    ),
  );

/** Letters of a line of a heading; a number of seven digits and its decimals are about as wide. */
const headLetters = 14;

/** Headings, and over those of one group its name with a rule. */
function headOf(columns: readonly Column[]): readonly string[] {
  const labels = columns.map(({ header, label, hasPoint, isNumeric }) => {
    const words = stacked(label ?? header, headLetters, isNumeric ? 'r' : 'l');
    return isNumeric ? `\\multicolumn{${hasPoint ? 2 : 1}}{r}{${words}}` : words;
  });
  const groups: { name: string | undefined; count: number; from: number; to: number }[] = [];
  let place = 0;
  for (const { group, hasPoint } of columns) {
    const last = groups.at(-1);
    const from = place + 1;
    place += hasPoint ? 2 : 1;
    if (last !== undefined && last.name === group) {
      last.to = place;
      last.count += 1;
    } else groups.push({ name: group, count: 1, from, to: place });
  }
  const over = groups.map(({ name, count, from, to }) =>
    name === undefined
      ? '& '.repeat(to - from).trim()
      : `\\multicolumn{${to - from + 1}}{c}{${stacked(name, headLetters * count, 'c')}}`,
  );
  const rules = groups.flatMap(({ name, from, to }) =>
    name === undefined ? [] : [`\\cmidrule(lr){${from}-${to}}`],
  );
  return [
    '\\toprule',
    ...(rules.length === 0 ? [] : [line(over), rules.join('')]),
    line(labels),
    '\\midrule',
  ];
}

/** Words in lines of about so many letters. */
function stacked(text: string, letters: number, align: 'l' | 'c' | 'r'): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.length < 2
    ? escapeLatex(text)
    : `\\shortstack[${align}]{${lines.map(escapeLatex).join('\\\\')}}`;
}

const line = (cells: readonly string[]): string => `${cells.join(' & ')} \\\\`;

/** What stands before and from the point on; undefined for what is no plain number. */
function splitNumber(value: CellValue): { readonly whole: string; readonly fraction: string } | undefined {
  const text =
    typeof value === 'number' ? numberText(value) : typeof value === 'boolean' ? '' : String(value);
  const found = /^(-?)(\d+)(\.\d+)?$/.exec(text);
  if (value === undefined || found === null) return undefined;
  const [, sign = '', digits = '', fraction = ''] = found;
  return { whole: `${sign === '' ? '' : '$-$'}${grouped(digits)}`, fraction };
}

/** Thin spaces in numbers of five digits and more. */
const grouped = (digits: string): string =>
  digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, '\\,');

function latexCell(value: CellValue, hasPoint: boolean, isNumeric: boolean): string {
  const wide = (text: string): string => (hasPoint ? `\\multicolumn{2}{r}{${text}}` : text);
  if (value === undefined) return wide('--');
  const split = isNumeric ? splitNumber(value) : undefined;
  if (split !== undefined) return hasPoint ? `${split.whole}&${split.fraction}` : split.whole;
  return wide(escapeLatex(typeof value === 'number' ? numberText(value) : String(value)));
}
