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
import type { NamedColumn } from '../../queries/ownTables/ownSql.ts';
import { ownColumnSays } from '../../queries/ownTables/tables.ts';
import styles from './Sql.module.css';
import { functionWords, keywordText, typeText, sentenceOf } from './sqlWords.ts';

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
