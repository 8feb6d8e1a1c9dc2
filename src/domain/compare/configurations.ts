import { canonicalJson, isJsonObject, type Json } from '../../lib/json.ts';

/** One key of several configurations, side by side. */
export interface ComparedKey {
  /** Its path, with points between the names: `evaluation.ticks`. */
  readonly key: string;
  /** The values as text, one an experiment; undefined where it is not stored. */
  readonly values: readonly (string | undefined)[];
  readonly differs: boolean;
}

/** The keys of several configurations, in the order in which they are first seen. A list is one value. */
export function compareConfigurations(configurations: readonly (Json | undefined)[]): readonly ComparedKey[] {
  const flat = configurations.map((configuration) => new Map(leavesOf(configuration, [])));
  const keys = new Set(flat.flatMap((leaves) => [...leaves.keys()]));
  return [...keys].map((key) => {
    const values = flat.map((leaves) => leaves.get(key));
    return { key, values, differs: new Set(values).size > 1 };
  });
}

function* leavesOf(value: Json | undefined, path: readonly string[]): Generator<readonly [string, string]> {
  if (value === undefined) return;
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    for (const [name, inner] of Object.entries(value)) yield* leavesOf(inner, [...path, name]);
  } else if (path.length > 0) {
    yield [path.join('.'), typeof value === 'string' ? value : canonicalJson(value)];
  }
}
