import { execFile } from 'node:child_process';

export interface RunOptions {
  readonly cwd?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface RunOutcome {
  /** Whether the program was found, ended by itself in time, and reported success. */
  readonly succeeded: boolean;
  readonly stdout: string;
  /** What the program complained of, or why it could not run. */
  readonly complaint: string;
}

/** Runs a program without a shell and without input. A program that is missing or fails is an outcome, not an error. */
export function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<RunOutcome> {
  const { cwd, timeoutMs, signal } = options;
  return new Promise((resolve) => {
    const child = execFile(
      command,
      args,
      {
        encoding: 'utf8',
        windowsHide: true,
        ...(cwd === undefined ? {} : { cwd }),
        ...(timeoutMs === undefined ? {} : { timeout: timeoutMs, killSignal: 'SIGKILL' as const }),
        ...(signal === undefined ? {} : { signal }),
      },
      (error, stdout, stderr) =>
        resolve({
          succeeded: error === null,
          stdout,
          complaint: stderr.trim() === '' ? (error?.message ?? '') : stderr.trim(),
        }),
    );
    child.stdin?.end();
  });
}
