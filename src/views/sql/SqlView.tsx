import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';

import { useOpenFiles, useSession } from '../../data/SessionContext.tsx';
import { ownSqlDeskOf, timeLimits, type OwnSqlDesk } from '../../data/ownSql/ownSqlDesk.ts';
import { useAsk } from '../../data/useAnswer.ts';
import { plural } from '../../lib/format.ts';
import type { OwnProblem } from '../../queries/ownTables/ownProblem.ts';
import { readyQuestions } from '../../queries/ownTables/questions.ts';
import {
  rememberQuery,
  forgetUnreadableQueries,
  loadQueryHistory,
  loadSavedQueries,
  removeQuery,
  saveQuery,
  unreadableQueries,
  type SavedQuery,
  type UnreadableQueries,
} from '../../storage/ownQueries.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Select, TextField } from '../../ui/TextField.tsx';
import { saveFile } from '../../ui/files.ts';
import { PageBody, PageHead } from '../shared/Page.tsx';
import { useAddress } from '../shared/useAddress.ts';
import { ResultCard } from './ResultCard.tsx';
import { SchemaBrowser } from './SchemaBrowser.tsx';
import styles from './Sql.module.css';
import { SqlEditor } from './SqlEditor.tsx';
import { sqlFields } from './fields.ts';

interface SavedQueriesProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** Texts that were given a name or were run last, in this browser. */
function SavedQueries({ text, onText }: SavedQueriesProps) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [saved, setSaved] = useState<readonly SavedQuery[]>([]);
  const [ran, setRan] = useState<readonly string[]>([]);
  const [lost, setLost] = useState<UnreadableQueries>();
  const open = (): void => {
    setSaved(loadSavedQueries());
    setRan(loadQueryHistory());
    setLost(unreadableQueries());
    setOpen(true);
  };
  const take = (chosen: string): void => {
    onText(chosen);
    setOpen(false);
  };
  const save = (): void => {
    if (name.trim() === '' || text.trim() === '') return;
    setSaved(saveQuery({ name: name.trim(), text }));
    setName('');
  };
  return (
    <>
      <Button variant="ghost" onClick={open}>
        Saved and run before
      </Button>
      <Dialog
        title="Saved and run before"
        open={isOpen}
        onClose={() => setOpen(false)}
        wide
        actions={
          <Button
            disabled={saved.length === 0}
            onClick={() => saveFile('queries.sql', 'application/sql', sqlFile(saved))}
          >
            Export as .sql
          </Button>
        }
      >
        <div className={styles.save}>
          <TextField label="Name of the text in the editor" value={name} onChange={setName} onEnter={save} />
          <Button disabled={name.trim() === '' || text.trim() === ''} onClick={save}>
            Save
          </Button>
        </div>
        <h3 className={styles.group}>Saved</h3>
        {lost !== undefined && (
          <Notice
            tone="warning"
            live
            code="unreadable-queries"
            actions={
              <>
                <Button
                  size="small"
                  onClick={() => saveFile('unreadable-queries.txt', 'text/plain', lost.stored)}
                >
                  Download as stored
                </Button>
                <Button
                  size="small"
                  variant="ghost"
                  onClick={() => {
                    forgetUnreadableQueries();
                    setLost(undefined);
                  }}
                >
                  Delete
                </Button>
              </>
            }
          >
            {plural(lost.count, 'saved text')} could not be read: damaged, or written by another version.
            Nothing of it was deleted.
          </Notice>
        )}
        {saved.length === 0 && <p className={styles.note}>Nothing is saved in this browser.</p>}
        <ul className={styles.queries}>
          {saved.map((query) => (
            <li key={query.name}>
              <button type="button" className={styles.query} onClick={() => take(query.text)}>
                <b>{query.name}</b>
                <code>{firstLine(query.text)}</code>
              </button>
              <Button
                size="small"
                variant="ghost"
                aria-label={`Remove ${query.name}`}
                onClick={() => setSaved(removeQuery(query.name))}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
        <h3 className={styles.group}>Run before</h3>
        {ran.length === 0 && <p className={styles.note}>Nothing was run in this browser.</p>}
        <ul className={styles.queries}>
          {ran.map((query) => (
            <li key={query}>
              <button type="button" className={styles.query} onClick={() => take(query)}>
                <code>{firstLine(query)}</code>
              </button>
            </li>
          ))}
        </ul>
      </Dialog>
    </>
  );
}

const firstLine = (text: string): string => text.trim().replace(/\s+/g, ' ').slice(0, 160);

/** A text that names itself in a comment each, so that any client of DuckDB reads it. */
function sqlFile(queries: readonly SavedQuery[]): string {
  return queries
    .map(({ name, text }) => `-- ${name.replace(/\n/g, ' ')}\n${text.trim().replace(/;$/, '')};\n`)
    .join('\n');
}

/** Own questions in SQL over everything that is open. */
export function SqlView() {
  const session = useSession();
  const files = useOpenFiles();
  const ask = useAsk();
  const desk = useMemo(() => ownSqlDeskOf(session, ask), [session, ask]);
  const state = useSyncExternalStore(desk.subscribe, desk.getState);
  const { search, patch } = useAddress(sqlFields);
  const [text, setText] = useState(() => search.q ?? desk.getState().text ?? readyQuestions[0]?.text ?? '');
  const [followed, setFollowed] = useState(search.q);
  // Another link to this screen brings another text.
  if (followed !== search.q) {
    setFollowed(search.q);
    if (search.q !== undefined && search.q !== text) setText(search.q);
  }
  useEffect(() => {
    void desk.prepare();
  }, [desk, files]);

  const isRunning = state.doing !== undefined;
  const run = (asked: string): void => {
    if (asked.trim() === '') return;
    rememberQuery(asked.trim());
    if (text.length <= 20_000) patch({ q: text });
    void desk.run(asked, text);
  };
  const question = readyQuestions.find((one) => one.text === text);
  return (
    <>
      <PageHead title="SQL">
        <span>Statements that read, over all open files</span>
      </PageHead>
      <PageBody>
        <div className={styles.layout}>
          <div className={styles.main}>
            <Card
              title="Statement"
              actions={
                <>
                  <Select
                    label="Ready questions"
                    hideLabel
                    value={question?.title ?? ''}
                    options={[
                      { value: '', label: 'Ready questions', disabled: true },
                      ...readyQuestions.map(({ title }) => ({ value: title, label: title })),
                    ]}
                    onChange={(title) =>
                      setText(readyQuestions.find((one) => one.title === title)?.text ?? text)
                    }
                  />
                  <SavedQueries text={text} onText={setText} />
                  <CopyButton text={() => linkTo(text)} what="a link to this text" label="Link" />
                </>
              }
            >
              <SqlEditor
                text={text}
                onText={setText}
                onRun={run}
                onCancel={() => desk.cancel()}
                problem={state.problem}
                names={state.names}
              />
              <div className={styles.bar}>
                <Button variant="primary" disabled={isRunning} onClick={() => run(text)}>
                  Run
                </Button>
                <Button disabled={!isRunning} onClick={() => desk.cancel()}>
                  Cancel
                </Button>
                <Select
                  label="Time limit"
                  hideLabel
                  value={state.limit.words}
                  options={timeLimits.map(({ words }) => ({ value: words, label: `Ends after ${words}` }))}
                  onChange={(chosen) =>
                    desk.allow(timeLimits.find(({ words }) => words === chosen) ?? state.limit)
                  }
                />
                <span role="status" className={styles.note}>
                  {state.doing === undefined ? question?.explains : sentence(state.doing)}
                </span>
                <span className={styles.keys}>
                  Ctrl+Enter runs all, or what is selected; Enter after a last semicolon runs too.
                </span>
              </div>
            </Card>
            {state.problem !== undefined && <Problem problem={state.problem} />}
            {state.ended !== undefined && (
              <Notice live tone="warning">
                {state.ended}
              </Notice>
            )}
            {state.text !== undefined && state.text !== text && state.results.length > 0 && (
              <Notice>The results below are of the text that was run before, not of this one.</Notice>
            )}
            <Results desk={desk} />
          </div>
          <SchemaBrowser desk={desk} names={state.names} onText={setText} />
        </div>
      </PageBody>
    </>
  );
}

const sentence = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;

/** A link that shows the text; it is run only when the reader says so. */
const linkTo = (text: string): string =>
  `${location.href.replace(/#.*$/, '')}#/sql?q=${encodeURIComponent(text)}`;

function Results({ desk }: { readonly desk: OwnSqlDesk }) {
  const { results } = useSyncExternalStore(desk.subscribe, desk.getState);
  return results.map((result, i) => (
    <ResultCard
      // Another run makes other results, though their tables have the same names.
      key={`${result.number} ${result.milliseconds}`}
      desk={desk}
      result={result}
      place={results.length === 1 ? undefined : `${i + 1}`}
    />
  ));
}

/** What is wrong with a statement: where, in plain words, and in the engine's. */
function Problem({ problem }: { readonly problem: OwnProblem }) {
  const { line, column, plain, engine } = problem;
  return (
    <div role="alert" data-code={engine === undefined ? 'not-allowed' : undefined} className={styles.problem}>
      <p>
        <b>
          Line {line}, column {column}.
        </b>{' '}
        {plain}
      </p>
      {engine !== undefined && <p className={styles.engine}>{engine}</p>}
    </div>
  );
}
