import { latexTable } from './latex.ts';
import { type TableModel, csvText, jsonText, markdownText } from './tableModel.ts';

export const tableFormats = {
  CSV: { ending: 'csv', type: 'text/csv;charset=utf-8' },
  JSON: { ending: 'json', type: 'application/json' },
  Parquet: { ending: 'parquet', type: 'application/vnd.apache.parquet' },
  Markdown: { ending: 'md', type: 'text/markdown;charset=utf-8' },
  LaTeX: { ending: 'tex', type: 'application/x-tex' },
} as const;
export type TableFormat = keyof typeof tableFormats;

interface FileOptions {
  /** CSV: texts cannot be run as formulas. */
  readonly forSpreadsheets: boolean;
  /** Caption and label of a LaTeX table. */
  readonly name: string;
  readonly provenance: readonly string[];
}

/** The table in one format. Parquet's writer is fetched when it is first needed. */
export async function tableFile(
  format: TableFormat,
  table: TableModel,
  { forSpreadsheets, name, provenance }: FileOptions,
): Promise<string | ArrayBuffer> {
  switch (format) {
    case 'CSV':
      return csvText(table, forSpreadsheets);
    case 'JSON':
      return jsonText(table, provenance);
    case 'Parquet':
      return (await import('./parquet.ts')).writeParquet(table, provenance);
    case 'Markdown':
      return markdownText(table, provenance);
    case 'LaTeX':
      return latexTable(table, { caption: name, label: labelOf(name), provenance });
  }
}

function labelOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
}
