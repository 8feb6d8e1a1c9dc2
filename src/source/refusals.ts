/** One sentence each for what happened, why, and what to do now (codes: design contract, section 5). */
import type { CopyBlock, Refusal } from '../domain/refusal.ts';
import { formatBytes } from '../lib/format.ts';

const wanted = 'Open a DuckDB file that the experiment framework wrote (.db or .duckdb).';

export function emptyFile(subject: string): Refusal {
  return {
    code: 'empty-file',
    subject,
    what: `${subject} is empty.`,
    why: 'It has 0 bytes: a download or copy that never started, or an experiment that has not written yet.',
    wayOut: 'Copy the file again, or wait for the experiment’s first iteration.',
  };
}

export function lfsPointer(subject: string): Refusal {
  return {
    code: 'lfs-pointer',
    subject,
    what: `${subject} is a Git LFS pointer, not the database.`,
    why: 'The repository keeps large files in Git LFS; this checkout holds only a note of about 130 bytes in their place.',
    wayOut: 'Fetch the real file in the checkout, then open it again.',
    copy: [{ label: 'In the checkout', text: `git lfs pull --include=${shellWord(`*${subject}`)}` }],
  };
}

export function sqliteFile(subject: string): Refusal {
  return {
    code: 'sqlite-file',
    subject,
    what: `${subject} is a SQLite database.`,
    why: 'Its first bytes say “SQLite format 3”; experiments are stored in DuckDB files.',
    wayOut: wanted,
  };
}

export function parquetFile(subject: string): Refusal {
  return {
    code: 'parquet-file',
    subject,
    what: `${subject} is a Parquet file.`,
    why: 'It holds one table without the experiment around it; Iterscope reads the whole DuckDB file.',
    wayOut: wanted,
  };
}

export function webPage(subject: string): Refusal {
  return {
    code: 'web-page',
    subject,
    what: `${subject} is a web page, not a database.`,
    why: 'It begins with HTML: a page about the file, a sign-in page or an error was saved under its name.',
    wayOut:
      'Fetch the file itself: on the page it came from, use “Download” or “Raw”, signed in where that is asked.',
  };
}

/** `folder` is the name of the exported folder. */
export function exportedDatabase(folder: string): Refusal {
  const target = `${folder}.db`;
  const statements = [
    `ATTACH ${sqlText(target)} AS target (STORAGE_VERSION 'v1.0.0');`,
    'USE target;',
    `IMPORT DATABASE ${sqlText(folder)};`,
  ].join('\n');
  return {
    code: 'exported-database',
    subject: folder,
    what: `${folder} is a database that was exported, in files of its tables.`,
    why: 'EXPORT DATABASE writes schema.sql, load.sql and one CSV or Parquet file a table; Iterscope reads the database that they make together.',
    wayOut: `Import it beside the folder, then open ${target}. If the folder was moved since, correct the paths in load.sql first.`,
    copy: [
      { label: 'Command line', text: `duckdb -c ${shellWord(statements)}` },
      { label: 'DuckDB', text: statements },
    ],
  };
}

export function notDuckDb(subject: string, start: string): Refusal {
  const printable = start
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, 24);
  return {
    code: 'not-duckdb',
    subject,
    what: `${subject} is not a DuckDB file.`,
    why: `A DuckDB file carries the letters DUCK at byte 8; this one ${printable === '' ? 'does not' : `begins with “${printable}”`}.`,
    wayOut: wanted,
  };
}

export function truncated(subject: string, haveBytes: number, needBytes: number): Refusal {
  return {
    code: 'truncated',
    subject,
    what: `${subject} is cut short.`,
    why: `It has ${formatBytes(haveBytes)} of the ${formatBytes(needBytes)} that its own header calls for: an interrupted copy or download.`,
    wayOut: 'Copy the file again from where it was written.',
  };
}

export function encrypted(subject: string): Refusal {
  return {
    code: 'encrypted',
    subject,
    what: `${subject} is encrypted.`,
    why: 'Its header carries DuckDB’s encryption flag, and Iterscope never asks for keys.',
    wayOut: 'Write an unencrypted copy with the key you have, then open the copy.',
    copy: [
      {
        label: 'DuckDB',
        text: [
          `ATTACH ${sqlText(subject)} AS source (ENCRYPTION_KEY '…', READ_ONLY);`,
          `ATTACH ${sqlText(readableName(subject))} AS target (STORAGE_VERSION 'v1.0.0');`,
          'COPY FROM DATABASE source TO target;',
        ].join('\n'),
      },
    ],
  };
}

/** A word for a database that leads nowhere; addresses that were asked are in `remote/refusals.ts`. */
export function fetchFailed(address: string, why: string): Refusal {
  return {
    code: 'fetch-failed',
    subject: address,
    what: `${address} could not be read.`,
    why,
    wayOut: 'Check the address, or download the file and drop it here.',
  };
}

/** A page may read a local file only as it was when it was chosen; browsers call this NotReadableError. */
export function changedOnDisk(subject: string): Refusal {
  return {
    code: 'changed',
    subject,
    what: `${subject} has changed since it was chosen.`,
    why: 'The browser reads a file only as it was then; since then it was written to, moved or deleted.',
    wayOut: 'Choose or drop it again to read it as it is now.',
  };
}

/** `old.db` becomes `old.readable.db`. */
function readableName(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? `${name}.readable.db` : `${name.slice(0, dot)}.readable${name.slice(dot)}`;
}

/** How DuckDB 2 makes a copy in a format that can be read here: three statements, ready to run, with this file's name. */
export function conversion(name: string): readonly CopyBlock[] {
  const statements = [
    `ATTACH ${sqlText(name)} AS source (READ_ONLY);`,
    `ATTACH ${sqlText(readableName(name))} AS target (STORAGE_VERSION 'v1.0.0');`,
    'COPY FROM DATABASE source TO target;',
  ];
  const python = [
    'import duckdb',
    'con = duckdb.connect()',
    ...statements.map((s) => `con.sql(${pythonText(s)})`),
  ];
  return [
    { label: 'Python', text: python.join('\n') },
    { label: 'Command line', text: `duckdb -c ${shellWord(statements.join('\n'))}` },
    {
      label: 'Next time, when the experiment opens its database',
      text: "duckdb.connect(path, config={'storage_compatibility_version': 'v1.0.0'})",
    },
  ];
}

/**
 * Whether the engine’s words say that what it read is damaged: a wrong checksum, a structure that breaks off or names
 * what is not there. Any other failure has another cause, or one that it does not tell.
 */
export function isDamage(message: string): boolean {
  return /corrupt|checksum|failed to deserialize|could not read (enough|all)|not enough (bytes|data)|end of (the )?file|metadata pointer/i.test(
    message,
  );
}

// Names of files in text that is copied and run elsewhere, and in text that is read.

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
function pythonText(text: string): string {
  return JSON.stringify(text).replace(unseen, (c) => String.raw`\u${codeOf(c).padStart(4, '0')}`);
}
