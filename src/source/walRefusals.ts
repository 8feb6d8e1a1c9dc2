/** What is said about write-ahead logs: missing, alone, of another database, or cut. */
import { formatBytes } from '../lib/format.ts';
import type { Refusal } from '../domain/refusal.ts';
import { isDamage } from './refusals.ts';
import { namesOfDatabase, namesOfLog, type WalFacts } from './wal.ts';

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
  `If ${namesOfLog(subject).join(' or ')} lies beside it, open both together: select or drop the two files at once.`;

const asItStood = 'as its last checkpoint left it: rows written since are missing';
const copyBoth = 'Copy the database and its .wal again, both at one moment, and open them together.';

/** A warning: the database opens without its log, `name`, which cannot be used. */
function leftAside(name: string, what: string, why: string): Refusal {
  return { code: 'wal-mismatch', warning: true, subject: name, what, why, wayOut: copyBoth };
}

export function walForeign(name: string, database: string): Refusal {
  return leftAside(
    name,
    `${name} is not a log of DuckDB, and was left aside.`,
    `It does not begin as a write-ahead log does. ${database} is shown ${asItStood}.`,
  );
}

export function walOfAnother(name: string, database: string): Refusal {
  return leftAside(
    name,
    `${name} is the log of another database, and was left aside.`,
    `It names a database with another identifier than that of ${database}, which is shown ${asItStood}.`,
  );
}

/** `reason` is the engine’s, for a log that it does not apply to a database that it reads alone. */
export function walNotApplied(name: string, database: string, reason: string): Refusal {
  return isDamage(reason)
    ? leftAside(
        name,
        `${name} is damaged, and was left aside.`,
        `${database} is shown ${asItStood}. The engine says: ${reason}`,
      )
    : leftAside(
        name,
        `${name} does not fit ${database}, and was left aside.`,
        `It is of another database, or of another moment of this one. ${database} is shown ${asItStood}. The engine says: ${reason}`,
      );
}

/** A database without tables, with a log that was left aside. */
export function noTableWithoutLog(subject: string, log: Refusal): Refusal {
  return {
    code: 'wal-mismatch',
    subject,
    what: `${subject} holds no table yet, and its log cannot be used.`,
    why: `A process that was killed leaves everything it wrote in the log beside the file. ${log.what}`,
    wayOut: log.wayOut,
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
    wayOut: `Open ${namesOfDatabase(database).join(' or ')} and ${subject} together: select or drop both at once.`,
  };
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
