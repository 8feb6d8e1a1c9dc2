import type { Engine } from '../engine/engine.ts';
import type { FileId } from '../lib/ids.ts';
import { ident, join, sql, type Sql } from '../lib/sql.ts';
import { keepOneFileViews, namedAs, oneFileViewsOf, schemaOf } from './oneFile.ts';
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

function isIdentified(keys: readonly string[]): Sql {
  return join(
    keys.map((key) => sql`${ident(key)} IS NOT NULL`),
    ' AND ',
  );
}

/** The rows that can be told what they are about. */
function identified(relation: RelationName, select: Sql): Sql {
  const keys = relationKeys[relation];
  return keys === undefined ? select : sql`SELECT * FROM (${select}) WHERE ${isIdentified(keys)}`;
}

/** The other ones, of `iterations`. */
function unplaced(select: Sql): Sql {
  const keys = relationKeys.iterations ?? [];
  return sql`SELECT file_id, experiment_id FROM (${select}) WHERE NOT (${isIdentified(keys)})`;
}

/** The statements that create every relation over the files, as views of this schema. */
function viewsOver(files: readonly AttachedFile[], schema: Sql): readonly Sql[] {
  const unreadable: Sql[] = [];
  const iterations: Sql[] = [];
  const create = (relation: RelationName, selects: readonly Sql[]) =>
    sql`CREATE OR REPLACE VIEW ${schema}.${ident(relation)} AS ${unitedView(relation, selects)}`;
  const statements = relationBuilders.map(([relation, build]) => {
    const selects = files.flatMap((file) => build(file) ?? []);
    if (relation === 'iterations') iterations.push(...selects);
    unreadable.push(...selects.flatMap((select) => selectUnreadable(relation, select) ?? []));
    return create(
      relation,
      selects.map((select) => identified(relation, select)),
    );
  });
  return [
    ...statements,
    create('unplaced_iterations', iterations.map(unplaced)),
    create('unreadable_cells', unreadable),
  ];
}

/**
 * Creates every relation over the attached files as one view, which the questions read; without rows where no
 * file records it. Of several files each has its relations by itself too, for `overOneFile`. Reads no data.
 */
export async function installRelations(engine: Engine, files: readonly AttachedFile[]): Promise<void> {
  const wanted = files.length < 2 ? [] : files.map((file) => oneFile(file));
  const before = oneFileViewsOf(engine);
  const stay = wanted.filter(({ fileId, text }) => before.get(fileId) === text);
  const missing = wanted.filter((each) => !stay.includes(each));
  const goes = [...before.keys()].filter((id) => !wanted.some(({ fileId }) => fileId === id));
  // Were it to fail half way, what it has left behind is not used.
  keepOneFileViews(engine, textsOf(stay), namedRelations);
  await engine.run([
    ...goes.map((id) => sql`DROP SCHEMA IF EXISTS ${schemaOf(id)} CASCADE`),
    ...missing.flatMap(({ statements }) => statements),
    ...viewsOver(files, inMemory),
  ]);
  keepOneFileViews(engine, textsOf(wanted), namedRelations);
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

const namedRelations = Object.keys(relationColumns).map(namedAs);
