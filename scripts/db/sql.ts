import { withoutControls } from '../../src/domain/health/export.ts';
import { askDirectly } from '../../src/data/askDirectly.ts';
import { EngineError } from '../../src/engine/errors.ts';
import { sql } from '../../src/lib/sql.ts';
import {
  isNumberType,
  OwnSql,
  OwnSqlError,
  resultRows,
  type OwnResult,
  type OwnRow,
} from '../../src/queries/ownTables/ownSql.ts';
import { toCsv } from '../../src/ui/export/tableModel.ts';
import { openNatively } from './openNatively.ts';

export type SqlFormat = 'table' | 'csv' | 'json' | 'parquet';

/** What a statement answers on the shell: texts for standard output, or what is wrong. */
type SqlAnswer =
  | { readonly outcome: 'answered'; readonly texts: readonly string[] }
  | { readonly outcome: 'refused' | 'wrong'; readonly words: string };

/**
 * Answers the statements of `text` over one file, on native DuckDB, with the tables, the relations and the allow-list of
 * the app's own screen. `out`: where Parquet goes, the only file that the engine may write.
 */
export async function answerSql(
  path: string,
  text: string,
  format: SqlFormat,
  out?: string,
): Promise<SqlAnswer> {
  const opened = await openNatively(path, out);
  if (!opened.ok) {
    const { code, what, why, wayOut } = opened.error;
    return { outcome: 'refused', words: `${code}: ${what} ${why} ${wayOut}` };
  }
  const { engine, fileId, file } = opened.value;
  try {
    const asking = askDirectly(engine);
    const own = await OwnSql.over(engine, [{ fileId, alias: fileId, name: file.name }], (question) =>
      asking.ask(question),
    );
    const texts: string[] = [];
    for (const statement of own.statements(text)) {
      const result = await own.run(text, statement, () => undefined);
      if (format === 'parquet' && out !== undefined) {
        await engine.query(sql`COPY ${result.table} TO ${out} (FORMAT parquet)`);
        texts.push(`${result.rows} rows written to ${out}\n`);
      } else {
        texts.push(written(result, await resultRows(engine, result, 0, result.rows), format));
      }
    }
    return { outcome: 'answered', texts };
  } catch (failure) {
    if (failure instanceof OwnSqlError) {
      const { line, column, plain, engine: said } = failure.problem;
      return {
        outcome: 'wrong',
        words: `Line ${line}, column ${column}: ${plain}${said === undefined ? '' : `\n${said}`}`,
      };
    }
    if (failure instanceof EngineError) return { outcome: 'refused', words: failure.message };
    throw failure;
  } finally {
    await engine.close();
  }
}

/** A result as it is printed. */
export function written({ columns }: OwnResult, rows: readonly OwnRow[], format: SqlFormat): string {
  if (format === 'csv')
    return toCsv(
      columns.map(({ name }, place) => ({
        id: String(place),
        header: name,
        value: (row: OwnRow) => row[place],
      })),
      rows,
    );
  if (format === 'json') {
    const lines = rows.map(
      (row) =>
        `  {${columns.map(({ name }, place) => `${JSON.stringify(name)}: ${json(row[place])}`).join(', ')}}`,
    );
    return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
  }
  const cells = [
    columns.map(({ name }) => name),
    ...rows.map((row) =>
      row.map((value) => withoutControls(value === undefined ? 'NULL' : String(value)).replace(/\n/g, ' ')),
    ),
  ];
  const widths = columns.map((_, place) =>
    cells.reduce((width, row) => Math.min(60, Math.max(width, (row[place] ?? '').length)), 0),
  );
  const isNumber = columns.map(({ type }) => isNumberType(type));
  const lines = cells.map((row) =>
    row
      .map((value, place) => {
        const width = widths[place] ?? 0;
        const cut = value.length > width ? `${value.slice(0, width - 1)}…` : value;
        return isNumber[place] === true ? cut.padStart(width) : cut.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return `${lines.join('\n')}\n(${rows.length} ${rows.length === 1 ? 'row' : 'rows'})\n`;
}

/** A whole number keeps all its digits; what JSON has no number for is a text. */
function json(value: OwnRow[number]): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number' && !Number.isFinite(value)) return JSON.stringify(String(value));
  return JSON.stringify(value ?? null);
}
