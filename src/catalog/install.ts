import type { Engine } from '../engine/engine.ts';
import { ident, join, sql, type Sql } from '../lib/sql.ts';
import { relationBuilders, type RelationBuilder } from './relations/builders.ts';
import { selectNothing } from './relations/selectRelation.ts';
import { relationColumns, type RelationName } from './relations.ts';
import type { AttachedFile } from './tables.ts';

/** In the engine's own database, wherever the attached files are. */
const inMemory = (view: string): Sql => sql`memory.main.${ident(view)}`;

/** Name of the view of one relation over one file, e.g. `f1_experiments`. */
export function fileViewName(file: Pick<AttachedFile, 'fileId'>, relation: RelationName): string {
  return `${file.fileId}_${relation}`;
}

/** By name: the order in which a view lists its columns is nobody's business. */
function unitedView(relation: RelationName, views: readonly string[]): Sql {
  if (views.length === 0) return selectNothing(relation);
  const columns = join(Object.keys(relationColumns[relation]).map(ident), ', ');
  return join(
    views.map((view) => sql`SELECT ${columns} FROM ${inMemory(view)}`),
    ' UNION ALL ',
  );
}

function statementsFor(
  relation: RelationName,
  build: RelationBuilder,
  files: readonly AttachedFile[],
): Sql[] {
  const views: string[] = [];
  const statements: Sql[] = [];
  for (const file of files) {
    const select = build(file);
    if (select === undefined) continue;
    const view = fileViewName(file, relation);
    statements.push(sql`CREATE OR REPLACE VIEW ${inMemory(view)} AS ${select}`);
    views.push(view);
  }
  return [...statements, sql`CREATE OR REPLACE VIEW ${inMemory(relation)} AS ${unitedView(relation, views)}`];
}

/**
 * Creates every relation over the attached files: one view per file that records it, and the united view that
 * the questions read, without rows where no file records it. Reads no data.
 */
export async function installRelations(engine: Engine, files: readonly AttachedFile[]): Promise<void> {
  const statements = relationBuilders.flatMap(([relation, build]) => statementsFor(relation, build, files));
  await engine.run(statements);
}
