import { z } from 'zod';

import { loadText, saveText } from './preferences.ts';

/** A text of the SQL editor that was given a name. */
export interface SavedQuery {
  readonly name: string;
  readonly text: string;
}

const longest = 1_000_000;
const savedShape = z.array(z.object({ name: z.string().min(1).max(200), text: z.string().max(100_000) }));
const historyShape = z.array(z.string().max(100_000));
/** So many texts are remembered that were run, the last ones first. */
const mostRemembered = 50;

function load<T>(key: 'savedQueries' | 'queryHistory', shape: z.ZodType<readonly T[]>): readonly T[] {
  try {
    return shape.parse(JSON.parse(loadText(key, longest) ?? '[]'));
  } catch {
    // Another version wrote it, or somebody's hand: it is written anew with the next text.
    return [];
  }
}

export const loadSavedQueries = (): readonly SavedQuery[] => load('savedQueries', savedShape);

/** Keeps a text under a name; one of the same name is replaced. */
export function saveQuery(query: SavedQuery): readonly SavedQuery[] {
  const others = loadSavedQueries().filter(({ name }) => name !== query.name);
  return keep([...others, query].sort((a, b) => a.name.localeCompare(b.name)));
}

export function removeQuery(name: string): readonly SavedQuery[] {
  return keep(loadSavedQueries().filter((query) => query.name !== name));
}

function keep(queries: readonly SavedQuery[]): readonly SavedQuery[] {
  saveText('savedQueries', JSON.stringify(queries));
  return queries;
}

export const loadQueryHistory = (): readonly string[] => load('queryHistory', historyShape);

/** Puts a text first among those that were run. */
export function rememberQuery(text: string): readonly string[] {
  const texts = [text, ...loadQueryHistory().filter((other) => other !== text)].slice(0, mostRemembered);
  saveText('queryHistory', JSON.stringify(texts));
  return texts;
}
