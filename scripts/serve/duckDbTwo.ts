import { devNull } from 'node:os';

import { run, type RunOptions } from '../run.ts';
import { err, ok, type Result } from '../../src/lib/result.ts';
import { sql, type Sql } from '../../src/lib/sql.ts';

/** A program of this machine that reads what DuckDB 2 writes. */
export interface DuckDbTwo {
  /** In words, for the message. */
  readonly description: string;
  readonly kind: 'command-line' | 'python';
  readonly command: string;
}

export interface SearchedMachine {
  readonly ITERSCOPE_PYTHON?: string | undefined;
}

/** The first start of a Python that imports DuckDB from a slow disk takes seconds. */
const probeTimeoutMs = 30_000;
const pythonProbe = 'import duckdb; print(duckdb.__version__)';
const pythonRun =
  'import sys, duckdb\ncon = duckdb.connect()\nfor statement in sys.argv[1:]:\n    con.execute(statement)';

/**
 * The Python named by `ITERSCOPE_PYTHON`, the `duckdb` program, `python3`, `python`: the first that is DuckDB 2 or
 * newer. Programs run in `emptyFolder`: Python would import a `duckdb.py` of the folder it is started in.
 */
export async function findDuckDbTwo(
  machine: SearchedMachine,
  emptyFolder: string,
): Promise<DuckDbTwo | undefined> {
  const named = machine.ITERSCOPE_PYTHON;
  const candidates = [
    ...(named === undefined || named === '' ? [] : [{ kind: 'python' as const, command: named }]),
    { kind: 'command-line' as const, command: 'duckdb' },
    { kind: 'python' as const, command: 'python3' },
    { kind: 'python' as const, command: 'python' },
  ];
  for (const candidate of candidates) {
    const args = candidate.kind === 'python' ? ['-c', pythonProbe] : ['--version'];
    const answer = await run(candidate.command, args, { cwd: emptyFolder, timeoutMs: probeTimeoutMs });
    const version = /^v?(\d+)\.\d[\w.-]*/.exec(answer.stdout.trim());
    if (answer.succeeded && Number(version?.[1] ?? 0) >= 2) {
      const release = version?.[0].replace(/^v/, '') ?? '';
      const where = candidate.kind === 'python' ? ` of ${candidate.command}` : '';
      return { ...candidate, description: `DuckDB ${release}${where}` };
    }
  }
  return undefined;
}

/** The way out of data in DuckDB 2's default storage: a copy in the storage that every DuckDB since 1.0 reads. */
export function conversionStatements(source: string, target: string): readonly Sql[] {
  return [
    sql`ATTACH ${source} AS source (READ_ONLY)`,
    sql`ATTACH ${target} AS target (STORAGE_VERSION 'v1.0.0')`,
    sql`COPY FROM DATABASE source TO target`,
  ];
}

/** Writes `target`, which must not exist. The source is opened read-only. The error is the program's complaint. */
export async function convert(
  duckDb: DuckDbTwo,
  source: string,
  target: string,
  options: RunOptions,
): Promise<Result<void, string>> {
  const statements = conversionStatements(source, target).map((statement) => statement.text);
  const outcome =
    duckDb.kind === 'python'
      ? await run(duckDb.command, ['-c', pythonRun, ...statements], options)
      : // Without a start-up file of the user's, and ending at the first error.
        await run(
          duckDb.command,
          ['-init', devNull, '-bail', '-c', `${statements.join('; ')};`, ':memory:'],
          options,
        );
  return outcome.succeeded ? ok(undefined) : err(lastLine(outcome.complaint));
}

/** A Python traceback ends with what matters. */
function lastLine(complaint: string): string {
  return complaint.split('\n').at(-1) ?? '';
}
