/** Words of DuckDB's SQL for the editor: those that a statement may hold which only reads. */
import type { Completion } from '@codemirror/autocomplete';

import { ownTableSentence } from '../../queries/ownTables/ownSql.ts';
import { ownMacros, relationSentence } from '../../queries/ownTables/tables.ts';
export const keywordText =
  'all analyze and anti any as asc asof at between by case cast columns cross cube describe desc distinct else end escape except exclude exists explain extract filter first following for from full glob group grouping having ilike in inner intersect interval is isnull join lambda last lateral left like limit materialized name natural not notnull nulls offset on or order outer over partition pivot positional preceding qualify range recursive replace respect right rollup row rows sample select semi sets show similar some summarize table tablesample then ties to trailing try_cast unbounded union unnest unpivot using values when where window with within true false null';

export const typeText =
  'bigint bit blob bool boolean char date decimal double enum float hugeint int integer interval list map numeric real smallint string struct text time timestamp timestamptz tinyint ubigint uhugeint uinteger usmallint utinyint uuid varchar';

const functions: Readonly<Record<string, string>> = {
  count: 'how many rows, or values that are not NULL',
  sum: 'the sum; of BIGINT a HUGEINT, exact',
  avg: 'the mean',
  min: 'the smallest value',
  max: 'the largest value',
  median: 'the middle value',
  stddev_samp: 'standard deviation of a sample',
  quantile_cont: 'a quantile: quantile_cont(value, 0.9)',
  corr: 'correlation of two columns',
  regr_slope: 'slope of the line through y and x',
  any_value: 'any value of a group that is not NULL',
  first: 'the first value of a group',
  last: 'the last value of a group',
  arg_min: 'the value of the first column where the second is smallest',
  arg_max: 'the value of the first column where the second is largest',
  list: 'the values of a group as a list',
  string_agg: 'the texts of a group, joined',
  histogram: 'values with their counts',
  mode: 'the commonest value',
  bool_and: 'whether all are true',
  bool_or: 'whether any is true',
  lag: 'the value of the row before, in a window',
  lead: 'the value of the row after, in a window',
  row_number: 'place in a window, from 1',
  rank: 'place in a window, ties alike',
  coalesce: 'the first that is not NULL',
  nullif: 'NULL where both are equal',
  abs: 'without its sign',
  round: 'rounded to so many places',
  floor: 'the next whole number below',
  ceil: 'the next whole number above',
  greatest: 'the larger of several',
  least: 'the smaller of several',
  length: 'letters of a text',
  lower: 'in lower case',
  upper: 'in upper case',
  substr: 'a part of a text: substr(text, from, count)',
  replace: 'a text with another in place of a part',
  contains: 'whether a text holds another',
  starts_with: 'whether a text begins with another',
  split_part: 'one part of a text between separators',
  string_split: 'the parts of a text, as a list',
  regexp_extract: 'what a pattern finds first',
  regexp_extract_all: 'all that a pattern finds, as a list',
  regexp_matches: 'whether a pattern is found',
  regexp_replace: 'a text with another in place of what a pattern finds',
  unnest: 'a row for each value of a list',
  range: 'whole numbers: range(from, to)',
  generate_series: 'whole numbers, the last one too',
  list_transform: 'a list with a function done to each value',
  list_filter: 'the values of a list that fit',
  len: 'values of a list, letters of a text',
  strftime: 'a time as text by a pattern',
  date_trunc: 'a time cut to its day, hour, ...',
  typeof: 'the type of a value',
};

const call = (label: string, info: string, detail?: string): Completion => ({
  label,
  apply: `${label}(`,
  type: 'function',
  info,
  ...(detail === undefined ? {} : { detail }),
});

/** Functions for completion, ours among them. */
export const functionWords: readonly Completion[] = [
  ...Object.entries(functions).map(([name, says]) => call(name, says)),
  ...ownMacros.map(({ name, takes, gives }) => call(name, gives, `(${takes.join(', ')})`)),
];

/** What one row of a table is, in a sentence. */
export function sentenceOf(schema: string, table: string): string {
  if (schema !== 'main') return `The table ${table} of the file ${schema}, as it is stored; JSON as text.`;
  const row = ownTableSentence(table) ?? relationSentence(table);
  return row === undefined ? `The relation ${table}.` : `One row is ${row}.`;
}
