import { ownTableSentence } from '../../queries/ownTables/ownSql.ts';
import { relationSentence } from '../../queries/ownTables/tables.ts';

/** What one row of a table is, in a sentence. */
export function sentenceOf(schema: string, table: string): string {
  if (schema !== 'main') return `The table ${table} of the file ${schema}, as it is stored; JSON as text.`;
  const row = ownTableSentence(table) ?? relationSentence(table);
  return row === undefined ? `The relation ${table}.` : `One row is ${row}.`;
}
