/**
 * Stored values that cannot be read. A cell of a row is one of three things: a value, nothing stored
 * (`undefined`), or a stored text that is no value of its kind. The rows of an answer keep the third beside
 * them, by field, so that no screen says "not recorded" of something that is there.
 */

/** Stored text by field of the row; a field that is absent or was read is not in it. */
export type UnreadableFields = ReadonlyMap<string, string>;

/** Between two cells of a row, and between the parts of one: characters that no column's name holds. */
export const cellSeparator = '\u001e';
export const partSeparator = '\u001f';

/** So much of a stored text is kept: enough to recognise it. */
export const shownLength = 200;

/** The text that a relation keeps of a row, by the relation's column in camel case; `{field}{column}{stored}` each. */
export function unreadableFields(cells: string | undefined): UnreadableFields {
  if (cells === undefined || cells === '') return new Map();
  return new Map(
    cells.split(cellSeparator).map((cell) => {
      const [field = '', , stored = ''] = cell.split(partSeparator);
      return [field.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()), stored];
    }),
  );
}

/** What a reader sees where a number would be. */
export function storedAs(stored: string, wanted: 'cents' | 'number' | 'JSON' | 'time'): string {
  const shown = stored.length > shownLength ? `${stored.slice(0, shownLength)}…` : stored;
  return `stored as ${shown === '' ? 'an empty text' : shown}, ${wants(wanted, stored)}`;
}

function wants(wanted: 'cents' | 'number' | 'JSON' | 'time', stored: string): string {
  switch (wanted) {
    case 'cents':
      return /^-?\d+$/.test(stored) ? 'beyond 64 bits' : 'no whole cents';
    case 'number':
      return 'no number';
    case 'JSON':
      return 'no JSON';
    case 'time':
      return 'no time';
  }
}
