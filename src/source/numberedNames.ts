/** Names that browsers and file managers give a second file of a name: ` (1)`, in Firefox `(1)`, at the end or before an ending. */
const numbered = /^(.*?)( ?\(\d+\))((?:\.[^.() ]+)*)$/s;

/**
 * The name of a database with the number that a download gave it or its log: `killed.db (1)` and `killed (1).db` are
 * one.
 */
function numberedKey(name: string): string {
  const [, before = '', number, after = ''] = numbered.exec(name) ?? [];
  return number === undefined ? name : `${before}${after}${number}`;
}

/** What the log of a database may be called: `killed (1).db` was downloaded beside `killed.db (1).wal`. */
export function namesOfLog(database: string): readonly string[] {
  const key = numberedKey(database);
  return key === database ? [`${database}.wal`] : [`${database}.wal`, `${key}.wal`];
}

/** What the database of a log may be called, by the log’s name without `.wal`. */
export function namesOfDatabase(name: string): readonly string[] {
  const [, before = '', number, after = ''] = numbered.exec(name) ?? [];
  if (number === undefined) return [name];
  if (after !== '') return [name];
  const [, stem = before, ending = ''] = /^(.*?)((?:\.[^.]+)?)$/s.exec(before) ?? [];
  return [`${stem}${number}${ending}`, before];
}

/** Whether a log (`….wal`) belongs to a database by its name. */
export function isLogOf(log: string, database: string): boolean {
  return /\.wal$/i.test(log) && numberedKey(log.slice(0, -'.wal'.length)) === numberedKey(database);
}
