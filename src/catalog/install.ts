import type { Engine } from '../engine/engine.ts';
import type { FileId } from '../lib/ids.ts';
import { ident, join, sql, trusted, type Sql } from '../lib/sql.ts';
import { relationBuilders } from './relations/builders.ts';
import { selectNothing, selectUnreadable } from './relations/selectRelation.ts';
import { relationColumns, relationKeys, type RelationName } from './relations.ts';
import type { AttachedFile } from './tables.ts';

/** In the engine's own database, wherever the attached files are. */
const inMemory = sql`memory.main`;

/** By name: the order in which a relation lists its columns is nobody's business. */
function unitedView(relation: RelationName, selects: readonly Sql[]): Sql {
  const [only] = selects;
  if (only === undefined) return selectNothing(relation);
  if (selects.length === 1) return only;
  const columns = join(Object.keys(relationColumns[relation]).map(ident), ', ');
  return join(
    selects.map((select) => sql`SELECT ${columns} FROM (${select})`),
    ' UNION ALL ',
  );
}

/** The rows that can be told what they are about. */
function identified(relation: RelationName, select: Sql): Sql {
  const keys = relationKeys[relation];
  if (keys === undefined) return select;
  const conditions = keys.map((key) => sql`${ident(key)} IS NOT NULL`);
  return sql`SELECT * FROM (${select}) WHERE ${join(conditions, ' AND ')}`;
}

/** The statements that create every relation over the files, as views of this schema. */
function viewsOver(files: readonly AttachedFile[], schema: Sql): readonly Sql[] {
  const unreadable: Sql[] = [];
  const create = (relation: RelationName, selects: readonly Sql[]) =>
    sql`CREATE OR REPLACE VIEW ${schema}.${ident(relation)} AS ${unitedView(relation, selects)}`;
  const statements = relationBuilders.map(([relation, build]) => {
    const selects = files.flatMap((file) => build(file) ?? []);
    unreadable.push(...selects.flatMap((select) => selectUnreadable(relation, select)));
    return create(
      relation,
      selects.map((select) => identified(relation, select)),
    );
  });
  return [...statements, create('unreadable_cells', unreadable)];
}

/** Where the engine has the relations of one file, of which a reader need not know. */
export const oneFilePrefix = 'only_';
const schemaOf = (file: FileId): Sql => sql`memory.${ident(oneFilePrefix + file)}`;

/** The files whose relations an engine has by themselves, with the statements that created them. */
const oneFileViews = new WeakMap<Engine, ReadonlyMap<FileId, string>>();

/**
 * Creates every relation over the attached files as one view, which the questions read; without rows where no
 * file records it. Of several files each has its relations by itself too, for `overOneFile`. Reads no data.
 */
export async function installRelations(engine: Engine, files: readonly AttachedFile[]): Promise<void> {
  const wanted = files.length < 2 ? [] : files.map((file) => oneFile(file));
  const before = oneFileViews.get(engine) ?? new Map<FileId, string>();
  const stay = wanted.filter(({ fileId, text }) => before.get(fileId) === text);
  const missing = wanted.filter((each) => !stay.includes(each));
  const goes = [...before.keys()].filter((id) => !wanted.some(({ fileId }) => fileId === id));
  // Were it to fail half way, what it has left behind is not used.
  oneFileViews.set(engine, textsOf(stay));
  await engine.run([
    ...goes.map((id) => sql`DROP SCHEMA IF EXISTS ${schemaOf(id)} CASCADE`),
    ...missing.flatMap(({ statements }) => statements),
    ...viewsOver(files, inMemory),
  ]);
  oneFileViews.set(engine, textsOf(wanted));
}

interface OneFile {
  readonly fileId: FileId;
  readonly statements: readonly Sql[];
  readonly text: string;
}

function oneFile(file: AttachedFile): OneFile {
  const schema = schemaOf(file.fileId);
  const statements = [sql`CREATE SCHEMA IF NOT EXISTS ${schema}`, ...viewsOver([file], schema)];
  return { fileId: file.fileId, statements, text: join(statements, ';').text };
}

const textsOf = (files: readonly OneFile[]): ReadonlyMap<FileId, string> =>
  new Map(files.map(({ fileId, text }) => [fileId, text]));

const relationNames = Object.keys(relationColumns).map((name) => ({
  name,
  isNamed: new RegExp(`\\b${name}\\b`),
  isOwn: new RegExp(`\\b${name}\\s+AS\\s+(NOT\\s+)?(MATERIALIZED\\s+)?\\(`, 'i'),
}));

/**
 * A question about one file, as the engine is asked it: over the relations of that file alone, where it has them. Over
 * all files it has the same answer and is planned over each of them: of 13 files the list took 18 times as long.
 */
export function overOneFile(engine: Engine, statement: Sql, file: FileId): Sql {
  const start = /^\s*(WITH(?:\s+RECURSIVE)?|SELECT|FROM)\s/i.exec(statement.text);
  if (start === null || oneFileViews.get(engine)?.has(file) !== true) return statement;
  const { text } = statement;
  const named = relationNames.filter(({ isNamed, isOwn }) => isNamed.test(text) && !isOwn.test(text));
  if (named.length === 0) return statement;
  const views = named.map(
    ({ name }) => sql`${ident(name)} AS NOT MATERIALIZED (FROM ${schemaOf(file)}.${ident(name)})`,
  );
  const [, word = ''] = start;
  const hasOwn = /^WITH/i.test(word);
  const rest = trusted(hasOwn ? text.slice(start[0].length) : text);
  return sql`${trusted(hasOwn ? word : 'WITH')} ${join(views, ', ')}${trusted(hasOwn ? ',' : '')} ${rest}`;
}
