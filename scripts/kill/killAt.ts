import { spawn } from 'node:child_process';
import { join } from 'node:path';

const victim = join(import.meta.dirname, 'victim.ts');

/** How far a victim said it had come. */
export interface Death {
  readonly wasKilled: boolean;
  /** The last iteration it reported as stored; undefined before the first. */
  readonly lastReported: number | undefined;
  /** From its first line to its end. */
  readonly elapsedMs: number;
}

/** Runs the experiment in a process of its own and sends SIGKILL after `delayMs`, unless it ends before. */
export function runAndKill(path: string, delayMs: number): Promise<Death> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', victim, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let timer: NodeJS.Timeout | undefined;
    let startMs = performance.now();
    let lastReported: number | undefined;
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (timer === undefined) {
        startMs = performance.now();
        timer = setTimeout(() => child.kill('SIGKILL'), delayMs);
      }
      for (const match of text.matchAll(/stored (\d+)/g)) lastReported = Number(match[1]);
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (code !== 0 && signal !== 'SIGKILL')
        reject(new Error(`the victim failed with code ${String(code)}`));
      else resolve({ wasKilled: signal === 'SIGKILL', lastReported, elapsedMs: performance.now() - startMs });
    });
  });
}
