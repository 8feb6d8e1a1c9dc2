import { useState } from 'react';

import { plural } from '../../lib/format.ts';
import {
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
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { saveFile } from '../../ui/files.ts';
import { TextField } from '../../ui/TextField.tsx';
import styles from './Sql.module.css';

interface SavedQueriesProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

/** Texts that were given a name or were run last, in this browser. */
export function SavedQueries({ text, onText }: SavedQueriesProps) {
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
