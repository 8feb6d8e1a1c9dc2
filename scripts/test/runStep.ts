import { spawn } from 'node:child_process';

import { repositoryFolder } from '../paths.ts';
import type { Step } from './steps.ts';

export interface StepOutcome {
  readonly succeeded: boolean;
  readonly seconds: number;
  /** What it printed; empty when it printed on the terminal itself. */
  readonly output: string;
}

/** Runs a step as npm script. One that takes all cores runs alone and prints as it goes; others are listened to. */
export function runStep({ script, args = [], env = {}, takesAllCores = false }: Step): Promise<StepOutcome> {
  const startedAtMs = performance.now();
  const chunks: Buffer[] = [];
  return new Promise((resolve) => {
    const child = spawn('npm', ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])], {
      cwd: repositoryFolder,
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}), ...env },
      // No input: a check that asked a question would wait for ever in CI.
      stdio: takesAllCores ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
      // npm is a batch file on Windows.
      shell: process.platform === 'win32',
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => chunks.push(chunk));
    }
    const end = (succeeded: boolean): void =>
      resolve({
        succeeded,
        seconds: (performance.now() - startedAtMs) / 1000,
        output: Buffer.concat(chunks).toString('utf8').trimEnd(),
      });
    child.on('error', () => end(false));
    child.on('close', (code) => end(code === 0));
  });
}
