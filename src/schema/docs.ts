import { sequenceNames } from './ddl.ts';
import type { LayoutDifference } from './differences.ts';
import { deadTables, legacyTables } from './compareSchema.ts';
import type { Table, TableColumn } from './table.ts';

const code = (text: string): string => `\`${text}\``;
const codes = (names: readonly string[]): string => names.map(code).join(', ');

function nullText(column: TableColumn): string {
  if (column.sequence !== undefined) return `no, next of ${code(column.sequence)}`;
  if (column.defaultValue !== undefined) return `no, default ${code(column.defaultValue.toString())}`;
  return column.nullable ? 'yes' : 'no';
}

function columnLine(column: TableColumn): string {
  const cells = [code(column.name), column.type, nullText(column), column.unit ?? '', column.description];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function tableSection(table: Table): string {
  const facts = [
    `Primary key: ${codes(table.primaryKey)}.`,
    ...table.foreignKeys.map(
      (key) => `Foreign key: ${codes(key.columns)} to ${code(key.table)} (${codes(key.referenced)}).`,
    ),
    ...table.indexes.map((index) => `Index ${code(index.name)}: ${codes(index.columns)}.`),
  ];
  return [
    `## ${code(table.name)}`,
    '',
    table.description,
    '',
    '| Column | Type | NULL | Unit | Meaning |',
    '|---|---|---|---|---|',
    ...table.columns.map(columnLine),
    '',
    ...facts.map((fact) => `* ${fact}`),
  ].join('\n');
}

/** docs/schema.md, whole. */
export function schemaDocs(
  tables: readonly Table[],
  differences: readonly LayoutDifference[],
  version: number,
): string {
  const parts = [
    '# The unified schema',
    `Generated from \`src/schema/models/\` by \`npm run docs:schema\`; do not edit. Schema version ${version}, ` +
      `${tables.length} tables, here in the order in which they are created; they are dropped backwards. ` +
      'What changed when is in `CHANGELOG-schema.md`.',
    'Files are written in storage version `v1.0.0`, which every DuckDB from 1.0 on and every browser build reads. ' +
      'Money is integer cents in BIGINT, a delta is old - new. Times are naive local times of the machine that ' +
      'wrote them. JSON is text in VARCHAR: the browser engine has no JSON extension. ' +
      `Sequences: ${codes(sequenceNames(tables))}.`,
    `Never created: ${codes(deadTables)} (given up by the reference). Recognised as legacy when met: ` +
      `${codes(legacyTables)}.`,
    '## Order of writing',
    'An experiment is inserted first and updated once, when it ends, in columns that no index covers. Each ' +
      'iteration is one transaction: its runs, then its row, then its events and the judgement of its proposals. ' +
      'A killed process therefore leaves whole iterations and an experiment without `completed_at`.',
    '## Copying a file',
    'Copy the file itself (with its `.wal`, when there is one). `EXPORT DATABASE` and `IMPORT DATABASE` work too. ' +
      '`COPY FROM DATABASE` works from DuckDB 2.0 on; 1.5 copies tables by name, meets a child before its parent ' +
      'and refuses.',
    '## Differences from the reference layout',
    differences.map(({ what, why }) => `* ${what} ${why}`).join('\n'),
    ...tables.map(tableSection),
  ];
  return `${parts.join('\n\n')}\n`;
}
