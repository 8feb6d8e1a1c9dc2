/** What is said about write-ahead logs: missing, alone, of another database, or cut. */
import { formatBytes } from '../lib/format.ts';
import type { Refusal } from '../domain/refusal.ts';
import type { WalFacts } from './wal.ts';

/**
 * A database without tables that was opened without a log. `unnamedBytes` lie behind its head: rows that a
 * transaction wrote ahead of its commit.
 */
export function walMissing(subject: string, unnamedBytes: number): Refusal {
  return {
    code: 'wal-missing',
    subject,
    what: `${subject} holds no table yet.`,
    why:
      unnamedBytes > 0
        ? `It has ${formatBytes(unnamedBytes)} of blocks that no table names. A process that was killed leaves its tables, and the commit of what it wrote, in the log beside the file, and that log was not opened.`
        : 'A process that was killed leaves everything it wrote in the log beside the file, and that log was not opened.',
    wayOut: openTogether(subject),
  };
}

/** A file that opens without its log, though it was written to after its last checkpoint. */
export function rowsMissing(subject: string, unnamedBytes: number): Refusal {
  return {
    code: 'wal-missing',
    warning: true,
    subject,
    what: `${subject} may lack its latest rows.`,
    why: `It is ${formatBytes(unnamedBytes)} longer than its header accounts for: rows were written after the last checkpoint, and their commit stands in the log beside the file, which was not opened.`,
    wayOut: openTogether(subject),
  };
}

const openTogether = (subject: string): string =>
  `If ${subject}.wal lies beside it, open both together: select or drop the two files at once.`;

/** `name` is the log’s own. The database opens without it. */
export function walForeign(name: string): Refusal {
  return {
    code: 'wal-mismatch',
    warning: true,
    subject: name,
    what: `${name} is not a log of DuckDB, and was left aside.`,
    why: 'It does not begin as a write-ahead log does. The database is shown as its last checkpoint left it: rows written since may be missing.',
    wayOut: 'Copy the database and its .wal again, both at one moment, and open them together.',
  };
}

export function walCut(name: string, { commits, lostBytes }: WalFacts): Refusal {
  return {
    code: 'truncated',
    warning: true,
    subject: name,
    what: `${name} ends in the middle of a transaction.`,
    why: `${commits} whole transaction${commits === 1 ? ' of it is' : 's of it are'} read; the last ${formatBytes(lostBytes)} are not. The process was killed while it wrote, or the copy was interrupted: rows may be missing.`,
    wayOut: 'If this is a copy, copy the database and its .wal again, both at one moment.',
  };
}

/** The database opens alone, and not with this log. */
export function walMismatch(subject: string, reason: string): Refusal {
  return {
    code: 'wal-mismatch',
    subject,
    what: `${subject} and its .wal do not belong together.`,
    why: `The database can be read alone; the log cannot be applied to it: ${reason}`,
    wayOut: `Copy both again at one moment, or open ${subject} alone: it is then shown as its last checkpoint left it.`,
  };
}

/** What DuckDB appends to the name of a database for its log, and for a log that it has set aside. */
const suffixes = /\.wal(\.checkpoint|\.recovery)?$/i;

export const isWalName = (name: string): boolean => suffixes.test(name);

/** A log without the database it belongs to. */
export function walAlone(subject: string): Refusal {
  const [suffix = '', aside] = suffixes.exec(subject) ?? [];
  const database = subject.slice(0, subject.length - suffix.length);
  if (aside !== undefined) return walSetAside(subject, database, aside.toLowerCase());
  return {
    code: 'not-duckdb',
    subject,
    what: `${subject} is the log of a database, not the database.`,
    why: 'A write-ahead log can only be read together with the file it belongs to.',
    wayOut: `Open ${database} and ${subject} together: select or drop both at once.${renameHint(database)}`,
  };
}

/** A download that gave the log a number of its own. */
function renameHint(database: string): string {
  const plain = database.replace(/ \(\d+\)/, '');
  return plain === database ? '' : ` If it is the log of ${plain}, rename it to ${plain}.wal before.`;
}

function walSetAside(subject: string, database: string, suffix: string): Refusal {
  const when =
    suffix === '.checkpoint'
      ? 'while it moves another log into the file'
      : 'when it joins two logs after a crash';
  return {
    code: 'not-duckdb',
    subject,
    what: `${subject} is a log that DuckDB keeps beside a database ${when}.`,
    why: 'A checkpoint was interrupted. Which of the two logs still counts is decided by DuckDB when it opens the database for writing; the browser’s engine reads the database and its .wal only.',
    wayOut: `In a copy of the folder, open ${database} once with the DuckDB that wrote it, so that it puts its logs in order; then open the copy here.`,
  };
}
