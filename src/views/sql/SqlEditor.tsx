import {
  autocompletion,
  completeFromList,
  completionKeymap,
  type Completion,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { sql, SQLDialect, type SQLNamespace } from '@codemirror/lang-sql';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { setDiagnostics, lintGutter } from '@codemirror/lint';
import { Compartment, EditorState, Prec } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';

import { groupBy } from '../../lib/groupBy.ts';
import type { OwnProblem } from '../../queries/ownTables/ownProblem.ts';
import { type NamedColumn, ownTableSentence } from '../../queries/ownTables/ownSql.ts';
import { ownColumnSays, ownMacros, relationSentence } from '../../queries/ownTables/tables.ts';
import styles from './Sql.module.css';
/** Words of DuckDB's SQL that a statement may hold which only reads. */
const keywordText =
  'all analyze and anti any as asc asof at between by case cast columns cross cube describe desc distinct else end escape except exclude exists explain extract filter first following for from full glob group grouping having ilike in inner intersect interval is isnull join lambda last lateral left like limit materialized name natural not notnull nulls offset on or order outer over partition pivot positional preceding qualify range recursive replace respect right rollup row rows sample select semi sets show similar some summarize table tablesample then ties to trailing try_cast unbounded union unnest unpivot using values when where window with within true false null';

const typeText =
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
const functionWords: readonly Completion[] = [
  ...Object.entries(functions).map(([name, says]) => call(name, says)),
  ...ownMacros.map(({ name, takes, gives }) => call(name, gives, `(${takes.join(', ')})`)),
];

/** What one row of a table is, in a sentence. */
export function sentenceOf(schema: string, table: string): string {
  if (schema !== 'main') return `The table ${table} of the file ${schema}, as it is stored; JSON as text.`;
  const row = ownTableSentence(table) ?? relationSentence(table);
  return row === undefined ? `The relation ${table}.` : `One row is ${row}.`;
}

interface SqlEditorProps {
  readonly text: string;
  readonly onText: (text: string) => void;
  /** The whole text, with all but what is selected blanked out where something is. */
  readonly onRun: (text: string) => void;
  readonly onCancel: () => void;
  readonly problem: OwnProblem | undefined;
  readonly names: readonly NamedColumn[] | undefined;
}

const dialect = SQLDialect.define({
  keywords: keywordText,
  types: typeText,
  doubleDollarQuotedStrings: true,
  operatorChars: '*+-%<>!=&|~^/:',
  caseInsensitiveIdentifiers: true,
});

const colors = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: 'var(--weight-strong)' },
  { tag: tags.typeName, color: 'var(--accent)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--accepted)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--rejected)' },
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
]);

/** Schemas, tables and columns as completion wants them. */
function namespaceOf(names: readonly NamedColumn[]): SQLNamespace {
  const schemas = new Map<string, Map<string, Completion[]>>();
  for (const name of names) {
    const { schema, table } = name;
    const tables = schemas.get(schema) ?? new Map<string, Completion[]>();
    schemas.set(schema, tables);
    const columns = tables.get(table) ?? [];
    tables.set(table, columns);
    columns.push(columnCompletion(name));
  }
  const tablesOf = (schema: string) =>
    Object.fromEntries(
      [...(schemas.get(schema) ?? [])].map(([table, columns]) => [
        table,
        {
          self: {
            label: table,
            type: 'type',
            info: sentenceOf(schema, table),
            boost: schema === 'main' ? 2 : 0,
          },
          children: columns,
        },
      ]),
    );
  const others = [...schemas.keys()].filter((schema) => schema !== 'main');
  return { ...tablesOf('main'), ...Object.fromEntries(others.map((schema) => [schema, tablesOf(schema)])) };
}

/** Columns of the tables that the text names anywhere: SELECT comes before FROM. */
function columnsOf(names: readonly NamedColumn[]): CompletionSource {
  const byTable = groupBy(names, ({ table }) => table.toLowerCase());
  return (context) => {
    const word = context.matchBefore(/[\w]*/);
    const isPart = word !== null && context.state.sliceDoc(word.from - 1, word.from) === '.';
    if (word === null || isPart || (word.text === '' && !context.explicit)) return null;
    const named = new Set(context.state.doc.toString().toLowerCase().match(/\w+/g));
    const options = [...byTable].flatMap(([table, columns]) =>
      named.has(table) ? columns.map((column) => columnCompletion(column, 3)) : [],
    );
    return { from: word.from, options, validFor: /^\w*$/ };
  };
}

function columnCompletion({ schema, table, column, type }: NamedColumn, boost = 0): Completion {
  const says = schema === 'main' ? ownColumnSays(table, column) : undefined;
  return {
    label: column,
    type: 'property',
    detail: type,
    boost,
    ...(says === undefined ? {} : { info: `${table}.${column}: ${says}.` }),
  };
}

const languageFor = (names: readonly NamedColumn[]) => [
  sql({ dialect, schema: namespaceOf(names), upperCaseKeywords: true }),
  dialect.language.data.of({ autocomplete: completeFromList([...functionWords]) }),
  dialect.language.data.of({ autocomplete: columnsOf(names) }),
];

/** All but the selection blanked out, so that places in it stay places in the whole text. */
function selectedText({ doc, selection }: EditorState): string {
  const { from, to, empty } = selection.main;
  if (empty) return doc.toString();
  return doc.sliceString(0, from).replace(/[^\n]/g, ' ') + doc.sliceString(from, to);
}

/** The editor: a text box named "SQL". */
export function SqlEditor(props: SqlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  const language = useRef(new Compartment());
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (host.current === null) return undefined;
    const own = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.text,
        extensions: [
          Prec.highest(
            keymap.of([
              {
                key: 'Mod-Enter',
                run: ({ state }) => {
                  latest.current.onRun(selectedText(state));
                  return true;
                },
              },
            ]),
          ),
          lineNumbers(),
          lintGutter(),
          history(),
          drawSelection(),
          bracketMatching(),
          autocompletion({ icons: false }),
          keymap.of([
            ...completionKeymap,
            {
              // As in the shells of databases; the new line is for the next statement.
              key: 'Enter',
              run: ({ state }) => {
                const { main } = state.selection;
                const end = state.doc.length;
                if (!main.empty || main.head !== end || state.sliceDoc(end - 1) !== ';') return false;
                latest.current.onRun(selectedText(state));
                return false;
              },
            },
            {
              key: 'Escape',
              run: () => {
                latest.current.onCancel();
                return false;
              },
            },
            ...defaultKeymap,
            ...historyKeymap,
          ]),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ 'aria-label': 'SQL', 'aria-multiline': 'true' }),
          placeholder('FROM proposals'),
          syntaxHighlighting(colors),
          language.current.of(languageFor(latest.current.names ?? [])),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onText(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = own;
    return () => own.destroy();
  }, []);

  const { text, problem, names } = props;
  useEffect(() => {
    const own = view.current;
    if (own === undefined || own.state.doc.toString() === text) return;
    own.dispatch({ changes: { from: 0, to: own.state.doc.length, insert: text } });
  }, [text]);

  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(languageFor(names ?? [])) });
  }, [names]);

  useEffect(() => {
    const own = view.current;
    if (own === undefined) return;
    const end = own.state.doc.length;
    const marks =
      problem === undefined || problem.from > end
        ? []
        : [
            {
              from: problem.from,
              to: Math.min(end, problem.to),
              severity: 'error' as const,
              message: problem.plain,
            },
          ];
    own.dispatch(setDiagnostics(own.state, marks));
  }, [problem]);

  return <div ref={host} className={styles.editor} />;
}
