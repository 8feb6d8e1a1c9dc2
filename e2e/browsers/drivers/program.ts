/** Programs that a browser needs: found on the PATH, started, and ended again. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';

const startLimitMs = 60_000;

/** The first of the names that the PATH has. */
export function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

export interface Program {
  /** Resolves with what the pattern finds in the output; rejects when the program ends first, or with the limit. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves when it has ended; it is killed when it does not end by itself. */
  end(): Promise<void>;
}

export function startProgram(
  path: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Program {
  const child = spawn(path, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const ended = new Promise<string>((resolve) => {
    child.once('error', (cause) => resolve(`does not start: ${cause.message}`));
    child.once('exit', (code, signal) => resolve(`ended (${String(code ?? signal)})`));
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => (output += data.toString()));
  }
  return {
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const settle = (words?: string): void => {
          const found = pattern.exec(output);
          if (found === null && words === undefined) return;
          clearTimeout(timer);
          child.stdout.off('data', look);
          child.stderr.off('data', look);
          if (found === null) reject(new Error(`${path} ${String(words)}. It said:\n${output}`));
          else resolve(found);
        };
        const look = (): void => settle();
        const timer = setTimeout(() => settle('did not get ready in time'), startLimitMs);
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        void ended.then(settle);
        look();
      }),
    async end() {
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Ends what has been started, the last first, when the rest of the start fails. */
export async function endingOnFailure<T>(
  start: (started: (program: Program) => Program) => Promise<T>,
): Promise<T> {
  const programs: Program[] = [];
  try {
    return await start((program) => {
      programs.push(program);
      return program;
    });
  } catch (cause) {
    for (const program of programs.reverse()) await program.end();
    throw cause;
  }
}

/** A port that nobody listens on at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
