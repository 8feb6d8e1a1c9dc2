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
const mostOnPage = 40;
/** More columns than these do not fit beside each other in the type of the text. */
const widest = 6;
/** And more than these not on an upright page. */
const widestUpright = 12;

/**
 * A booktabs table: numbers aligned at the point, units in the head, origin in comments. Where it is too wide for the page it
 * is shrunk, from 13 columns on along the page. Needs the packages booktabs and graphicx, and for more than 40 rows
 * longtable, which cannot be shrunk.
 */
export function latexTable(table: TableModel, { caption, label, provenance }: LatexOptions): string {
  const columns = table.columns.map((column, index) => ({
    ...column,
    hasPoint: column.isNumeric && table.rows.some((row) => (splitNumber(row[index])?.fraction ?? '') !== ''),
  }));
  const shape = columns
    .map(({ isNumeric, hasPoint }) => (hasPoint ? 'r@{}l' : isNumeric ? 'r' : 'l'))
    .join('');
  const head = columns.map(({ header, hasPoint, isNumeric }) =>
    hasPoint || isNumeric
      ? `\\multicolumn{${hasPoint ? 2 : 1}}{r}{${escapeLatex(header)}}`
      : escapeLatex(header),
  );
  const body = table.rows.map((row) =>
    line(columns.map(({ hasPoint, isNumeric }, index) => latexCell(row[index], hasPoint, isNumeric))),
  );
  const isLong = table.rows.length > mostOnPage;
  // Wide tables are set small, so that they fit a page.
  const small = columns.length > widest ? ['\\footnotesize', '\\setlength{\\tabcolsep}{3pt}'] : [];
  const limit = columns.length > widestUpright ? '0.85\\textheight' : '\\linewidth';
  const turn = columns.length > widestUpright ? '\\rotatebox{90}{' : '{';
  const fit = isLong ? [] : [`${turn}\\resizebox{\\ifdim\\width>${limit} ${limit}\\else\\width\\fi}{!}{%`];
  const titled = [`\\caption{${escapeLatex(caption)}}`, `\\label{tab:${label}}`];
  const heading = ['\\toprule', line(head), '\\midrule'];
  return [
    ...provenance.map((fact) => `% ${fact.replace(/[\r\n]+/g, ' ')}`),
    `% Packages: booktabs${isLong ? ', longtable' : ', graphicx'}`,
    ...(isLong
      ? [
          '\\begingroup',
          ...small,
          `\\begin{longtable}{${shape}}`,
          `${titled.join('\n')}\\\\`,
          ...heading,
          '\\endhead',
        ]
      : [
          '\\begin{table}[htbp]',
          '\\centering',
          ...titled,
          ...small,
          ...fit,
          `\\begin{tabular}{${shape}}`,
          ...heading,
        ]),
    ...body,
    '\\bottomrule',
    ...(isLong
      ? ['\\end{longtable}', '\\endgroup']
      : ['\\end{tabular}', ...fit.map(() => '}}'), '\\end{table}']),
    '',
  ].join('\n');
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
