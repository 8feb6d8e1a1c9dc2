/** Names of files in text that is copied and run elsewhere, and in text that is read. */

// Control characters, and those that turn the direction of text round.
const unseen = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;
const isUnseen = (text: string): boolean => text.search(unseen) >= 0;

const codeOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16).toUpperCase();

/** A text as it is read: characters that nobody sees are written out, as `‹U+000A›`. */
export function shown(text: string): string {
  return text.replace(unseen, (character) => `‹U+${codeOf(character).padStart(4, '0')}›`);
}

/** UTF-8 bytes by number, as shells and SQL both read them. */
const bytesOf = (character: string): string =>
  [...new TextEncoder().encode(character)]
    .map((byte) => String.raw`\x${byte.toString(16).padStart(2, '0')}`)
    .join('');

const escaped = (text: string): string => text.replace(/[\\']/g, String.raw`\$&`).replace(unseen, bytesOf);

/** Control characters of ASCII: DuckDB’s escape strings know no others. */
const asciiControls = /[\u0000-\u001f\u007f]/gu;

/** A SQL string literal of DuckDB; with control characters an escape string (`E'…'`). */
export function sqlText(text: string): string {
  const plain = `'${text.replaceAll("'", "''")}'`;
  if (text.search(asciiControls) < 0) return plain;
  return `E'${text.replace(/[\\']/g, String.raw`\$&`).replace(asciiControls, bytesOf)}'`;
}

/** One word of a POSIX shell, whatever is in it; unseen characters need bash or zsh (`$'…'`). */
export function shellWord(text: string): string {
  if (isUnseen(text.replaceAll('\n', ''))) return `$'${escaped(text)}'`;
  // Double quotes leave the quotes of SQL readable; an interactive shell expands `!` inside them.
  if (text.includes('!')) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return `"${text.replace(/["$`\\]/g, String.raw`\$&`)}"`;
}

/** A Python string literal: JSON’s escapes are Python’s. */
export function pythonText(text: string): string {
  return JSON.stringify(text).replace(unseen, (c) => String.raw`\u${codeOf(c).padStart(4, '0')}`);
}
