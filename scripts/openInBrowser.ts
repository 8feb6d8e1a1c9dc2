import { spawn } from 'node:child_process';

export interface Desktop {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The command that shows an address on this machine, none where nobody is looking: CI, or no display. */
export function openCommand(address: string, { platform, env }: Desktop): readonly string[] | undefined {
  if (env.CI !== undefined && env.CI !== '' && env.CI !== 'false') return undefined;
  if (env.BROWSER === 'none') return undefined;
  if (platform === 'darwin') return ['open', address];
  // `start` is part of cmd, which would take the & of an address for its own.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', address];
  const display = env.DISPLAY ?? env.WAYLAND_DISPLAY ?? '';
  return display === '' ? undefined : ['xdg-open', address];
}

/** Opens an address if the machine can; never fails, never waits. */
export function openInBrowser(address: string, desktop: Desktop): void {
  const [command, ...args] = openCommand(address, desktop) ?? [];
  if (command === undefined) return;
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  // The address has been printed: a person can open it.
  child.on('error', () => undefined);
  child.unref();
}
