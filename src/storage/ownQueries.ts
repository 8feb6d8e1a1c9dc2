import { z } from 'zod';

import { loadText, savePreference, saveText } from './preferences.ts';

/** A text of the SQL editor that was given a name. */
export interface SavedQuery {
  readonly name: string;
  readonly text: string;
}

/** More than a browser keeps for a page. */
const longest = 10_000_000;
const queryShape = z.object({ name: z.string().min(1).max(200), text: z.string().max(100_000) });
const textShape = z.string().max(100_000);
/** So many texts are remembered that were run, the last ones first. */
const mostRemembered = 50;

interface Loaded<T> {
  readonly items: readonly T[];
  /** How many rows cannot be read; of a text that is no list nobody can say, it counts as one. */
  readonly lostCount: number;
}

function load<T>(stored: string | undefined, shape: z.ZodType<T>): Loaded<T> {
  if (stored === undefined) return { items: [], lostCount: 0 };
  let rows: unknown;
  try {
    rows = JSON.parse(stored);
  } catch {
    return { items: [], lostCount: 1 };
  }
  if (!Array.isArray(rows)) return { items: [], lostCount: 1 };
  const items = rows.flatMap((row) => {
    const read = shape.safeParse(row);
    return read.success ? [read.data] : [];
  });
  return { items, lostCount: rows.length - items.length };
}

const loadSaved = (): Loaded<SavedQuery> => load(loadText('savedQueries', longest), queryShape);

export const loadSavedQueries = (): readonly SavedQuery[] => loadSaved().items;

/** Saved texts that cannot be read: damaged, or of another version. */
export interface UnreadableQueries {
  readonly count: number;
  /** As they are stored. */
  readonly stored: string;
}

/** What of the saved texts cannot be read, also where newer ones were saved since; undefined where there is none. */
export function unreadableQueries(): UnreadableQueries | undefined {
  setAside();
  const stored = loadText('unreadableQueries', longest);
  if (stored === undefined) return undefined;
  return { count: Math.max(1, load(stored, queryShape).lostCount), stored };
}

export function forgetUnreadableQueries(): void {
  savePreference('unreadableQueries', '');
}

/** What is written next must not take the place of what only this version cannot read. */
function setAside(): void {
  const { items, lostCount } = loadSaved();
  const stored = loadText('savedQueries', longest);
  if (lostCount === 0 || stored === undefined || loadText('unreadableQueries', longest) !== undefined) return;
  saveText('unreadableQueries', stored);
  if (loadText('unreadableQueries', longest) === stored) saveText('savedQueries', JSON.stringify(items));
}

/** Keeps a text under a name; one of the same name is replaced. */
export function saveQuery(query: SavedQuery): readonly SavedQuery[] {
  const others = loadSavedQueries().filter(({ name }) => name !== query.name);
  return keep([...others, query].sort((a, b) => a.name.localeCompare(b.name)));
}

export function removeQuery(name: string): readonly SavedQuery[] {
  return keep(loadSavedQueries().filter((query) => query.name !== name));
}

function keep(queries: readonly SavedQuery[]): readonly SavedQuery[] {
  setAside();
  saveText('savedQueries', JSON.stringify(queries));
  return queries;
}

export const loadQueryHistory = (): readonly string[] =>
  load(loadText('queryHistory', longest), textShape).items;

/** Puts a text first among those that were run. */
export function rememberQuery(text: string): readonly string[] {
  const texts = [text, ...loadQueryHistory().filter((other) => other !== text)].slice(0, mostRemembered);
  saveText('queryHistory', JSON.stringify(texts));
  return texts;
}
