import { useEffect, useMemo, useState } from 'react';

import type { OwnSqlDesk } from '../../data/ownSql/ownSqlDesk.ts';
import { formatCount } from '../../lib/format.ts';
import type { NamedColumn, TableLook } from '../../queries/ownTables/ownSql.ts';
import { ownColumnSays, ownMacros, ownTable, ownTableNames } from '../../queries/ownTables/tables.ts';
import { Button } from '../../ui/Button.tsx';
import { Card } from '../../ui/Card.tsx';
import { Disclosure } from '../../ui/Disclosure.tsx';
import { SearchField } from '../../ui/TextField.tsx';
import { sentenceOf } from './SqlEditor.tsx';
import styles from './Sql.module.css';

interface SchemaBrowserProps {
  readonly desk: OwnSqlDesk;
  readonly names: readonly NamedColumn[] | undefined;
  /** Puts a text into the editor. */
  readonly onText: (text: string) => void;
}

interface ListedTable {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly NamedColumn[];
}

/** Everything that can be asked: own tables, relations, and the raw tables of each file. */
export function SchemaBrowser({ desk, names, onText }: SchemaBrowserProps) {
  const [words, setWords] = useState('');
  const groups = useMemo(() => groupsOf(names ?? [], words.trim().toLowerCase()), [names, words]);
  return (
    <Card title="Tables" as="aside" padded>
      <SearchField label="Find a table or column" value={words} onChange={setWords} />
      {names === undefined && <p className={styles.note}>The engine starts.</p>}
      {groups.map(({ title, tables }) => (
        <section key={title} aria-label={title}>
          <h3 className={styles.group}>{title}</h3>
          {tables.map((listed) => (
            <Disclosure
              key={`${listed.schema}.${listed.table}`}
              summary={<code className={styles.table}>{listed.table}</code>}
              aside={formatCount(listed.columns.length)}
            >
              <TableDetail desk={desk} {...listed} onText={onText} />
            </Disclosure>
          ))}
        </section>
      ))}
      {names !== undefined && (
        <section aria-label="Functions for flat JSON">
          <h3 className={styles.group}>Functions for flat JSON</h3>
          {ownMacros.map(({ name, takes, gives }) => (
            <p key={name} className={styles.note}>
              <code>
                {name}({takes.join(', ')})
              </code>{' '}
              {gives}
            </p>
          ))}
        </section>
      )}
    </Card>
  );
}

function groupsOf(names: readonly NamedColumn[], words: string) {
  const tables = new Map<string, NamedColumn[]>();
  for (const name of names) {
    const key = `${name.schema}\n${name.table}`;
    const columns = tables.get(key) ?? [];
    tables.set(key, columns);
    columns.push(name);
  }
  const listed = [...tables.values()].flatMap((columns): ListedTable[] => {
    const [first] = columns;
    if (first === undefined) return [];
    const fits = (text: string) => text.toLowerCase().includes(words);
    const isFound = words === '' || fits(first.table) || columns.some(({ column }) => fits(column));
    return isFound ? [{ schema: first.schema, table: first.table, columns }] : [];
  });
  const own = new Set<string>(ownTableNames);
  const main = listed.filter(({ schema }) => schema === 'main');
  const schemas = [...new Set(listed.map(({ schema }) => schema))].filter((schema) => schema !== 'main');
  return [
    { title: 'What the screens know', tables: main.filter(({ table }) => own.has(table)) },
    { title: 'Relations over all files', tables: main.filter(({ table }) => !own.has(table)) },
    ...schemas.map((schema) => ({
      title: `Tables of ${schema}`,
      tables: listed.filter((one) => one.schema === schema),
    })),
  ].filter((group) => group.tables.length > 0);
}

function TableDetail(props: ListedTable & Pick<SchemaBrowserProps, 'desk' | 'onText'>) {
  const { desk, schema, table, columns, onText } = props;
  const [look, setLook] = useState<TableLook>();
  const [failed, setFailed] = useState<string>();
  useEffect(() => {
    let isHere = true;
    desk.look(schema, table).then(
      (found) => {
        if (isHere) setLook(found);
      },
      (failure: unknown) => {
        if (isHere) setFailed(failure instanceof Error ? failure.message : String(failure));
      },
    );
    return () => {
      isHere = false;
    };
  }, [desk, schema, table]);
  const name = schema === 'main' ? table : `"${schema}".${table}`;
  return (
    <div className={styles.detail}>
      <p className={styles.note}>{sentenceOf(schema, table)}</p>
      <p className={styles.note}>
        {failed ??
          (look === undefined
            ? 'Counting its rows.'
            : look.rows === undefined
              ? unfilledWords(table)
              : `${formatCount(look.rows)} ${look.rows === 1 ? 'row' : 'rows'}.`)}
        {look?.keys.map((key) => ` Key: ${key}.`)}
      </p>
      <ul className={styles.columns}>
        {columns.map(({ column, type }) => (
          <li key={column}>
            <code>{column}</code> <span className={styles.type}>{type}</span>
            {schema === 'main' && <Says table={table} column={column} />}
            {(look?.values.get(column)?.length ?? 0) > 0 && (
              <span className={styles.values}>{look?.values.get(column)?.join(' · ')}</span>
            )}
          </li>
        ))}
      </ul>
      <Button
        size="small"
        aria-label={`Ask ${name}`}
        onClick={() =>
          onText(`SELECT ${columns.map(({ column }) => quoted(column)).join(', ')}\nFROM ${name}\nLIMIT 100`)
        }
      >
        Ask it
      </Button>
    </div>
  );
}

function unfilledWords(table: string): string {
  const own = ownTableNames.find((name) => name === table);
  return own !== undefined && ownTable(own).from === 'run'
    ? 'Filled run by run: a statement sees the runs that it names.'
    : 'Filled when a statement first names it.';
}

/** What a column holds, where its name does not say it. */
function Says({ table, column }: { readonly table: string; readonly column: string }) {
  const says = ownColumnSays(table, column);
  return says === undefined ? null : <span className={styles.says}>{says}</span>;
}

const quoted = (name: string): string =>
  /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
