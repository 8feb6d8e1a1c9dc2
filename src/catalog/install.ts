import type { Engine } from '../engine/engine.ts';
import { ident, join, sql, type Sql } from '../lib/sql.ts';
import { relationBuilders } from './relations/builders.ts';
import { selectNothing, selectUnreadable } from './relations/selectRelation.ts';
import { relationColumns, relationKeys, type RelationName } from './relations.ts';
import type { AttachedFile } from './tables.ts';

/** In the engine's own database, wherever the attached files are. */
const inMemory = (view: string): Sql => sql`memory.main.${ident(view)}`;

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

/**
 * Creates every relation over the attached files as one view, which the questions read; without rows where no
 * file records it. Reads no data.
 */
export async function installRelations(engine: Engine, files: readonly AttachedFile[]): Promise<void> {
  const unreadable: Sql[] = [];
  const create = (relation: RelationName, selects: readonly Sql[]) =>
    sql`CREATE OR REPLACE VIEW ${inMemory(relation)} AS ${unitedView(relation, selects)}`;
  const statements = relationBuilders.map(([relation, build]) => {
    const selects = files.flatMap((file) => build(file) ?? []);
    unreadable.push(...selects.flatMap((select) => selectUnreadable(relation, select)));
    return create(
      relation,
      selects.map((select) => identified(relation, select)),
    );
  });
  await engine.run([...statements, create('unreadable_cells', unreadable)]);
}
