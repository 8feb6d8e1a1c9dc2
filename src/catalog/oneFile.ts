import type { Engine } from '../engine/engine.ts';
import type { FileId } from '../lib/ids.ts';
import { ident, join, sql, trusted, type Sql } from '../lib/sql.ts';

/** Where the engine has the relations of one file, of which a reader need not know. */
export const oneFilePrefix = 'only_';
export const schemaOf = (file: FileId): Sql => sql`memory.${ident(oneFilePrefix + file)}`;

interface OneFileViews {
  /** The statements that created the views of a file. */
  readonly created: ReadonlyMap<FileId, string>;
  readonly relations: readonly NamedRelation[];
}

/** How a statement names a relation, and how a part of its own of that name. */
export interface NamedRelation {
  readonly name: string;
  readonly isNamed: RegExp;
  readonly isOwn: RegExp;
}

/** The files whose relations an engine has by themselves. Apart from `install.ts`, which the first script is without. */
const views = new WeakMap<Engine, OneFileViews>();

export function oneFileViewsOf(engine: Engine): ReadonlyMap<FileId, string> {
  return views.get(engine)?.created ?? new Map<FileId, string>();
}

export function keepOneFileViews(
  engine: Engine,
  created: ReadonlyMap<FileId, string>,
  relations: readonly NamedRelation[],
): void {
  views.set(engine, { created, relations });
}

export function namedAs(name: string): NamedRelation {
  return {
    name,
    isNamed: new RegExp(`\\b${name}\\b`),
    isOwn: new RegExp(`\\b${name}\\s*(\\([^)]*\\)\\s*)?\\bAS\\s+(NOT\\s+)?(MATERIALIZED\\s+)?\\(`, 'i'),
  };
}

/**
 * A question about one file, as the engine is asked it: over the relations of that file alone, where it has them. Over
 * all files it has the same answer and is planned over each of them: of 13 files the list took 18 times as long. One
 * about several files (`file` undefined) stays as it is.
 */
export function overOneFile(engine: Engine, statement: Sql, file: FileId | undefined): Sql {
  if (file === undefined) return statement;
  const own = views.get(engine);
  const start = /^\s*(WITH(?:\s+RECURSIVE)?|SELECT|FROM)\s/i.exec(statement.text);
  if (start === null || own?.created.has(file) !== true) return statement;
  const { text } = statement;
  const named = own.relations.filter(({ isNamed, isOwn }) => isNamed.test(text) && !isOwn.test(text));
  if (named.length === 0) return statement;
  const parts = named.map(
    ({ name }) => sql`${ident(name)} AS NOT MATERIALIZED (FROM ${schemaOf(file)}.${ident(name)})`,
  );
  const [, word = ''] = start;
  const hasParts = /^WITH/i.test(word);
  const rest = trusted(hasParts ? text.slice(start[0].length) : text);
  return sql`${trusted(hasParts ? word : 'WITH')} ${join(parts, ', ')}${trusted(hasParts ? ',' : '')} ${rest}`;
}
