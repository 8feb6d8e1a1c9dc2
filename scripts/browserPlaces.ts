import { delimiter, join } from 'node:path';

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The engine of Chromium without its windows: what draws and runs is the same, in four fifths of the processor time. */
const headlessShell = 'chromium-headless-shell';

const namesOnPath = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];

/** Where a Chromium can be, the likeliest first. `ownPath` is where Playwright keeps its own. */
export function browserPlaces({ platform, env }: Machine, ownPath: string): readonly string[] {
  return [ownPath, ...onPath(platform, env), ...usualPlaces(platform, env)].filter((path) => path !== '');
}

/** Where a Chromium without windows can be: beside Playwright's own with windows, of the same revision, or installed. */
export function headlessPlaces({ platform, env }: Machine, ownPath: string): readonly string[] {
  const [, cache, revision, machine, end = ''] =
    /^(.*[\\/])chromium-(\d+)[\\/]chrome-([^\\/]+)[\\/].*?(\.exe)?$/.exec(ownPath) ?? [];
  const own = `chromium_headless_shell-${revision}/chrome-headless-shell-${machine}/chrome-headless-shell${end}`;
  return [...(cache === undefined ? [] : [cache + own]), ...onPath(platform, env, [headlessShell])];
}

function onPath(
  platform: NodeJS.Platform,
  env: Machine['env'],
  names: readonly string[] = namesOnPath,
): readonly string[] {
  // Browsers for Windows are not on the PATH.
  if (platform === 'win32') return [];
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function usualPlaces(platform: NodeJS.Platform, env: Machine['env']): readonly string[] {
  if (platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].flatMap((name) =>
      ['', env.HOME ?? ''].map((home) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (platform === 'win32') {
    const roots = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA];
    return roots
      .filter((root) => root !== undefined)
      .flatMap((root) => [
        `${root}\\Google\\Chrome\\Application\\chrome.exe`,
        `${root}\\Chromium\\Application\\chrome.exe`,
        `${root}\\Microsoft\\Edge\\Application\\msedge.exe`,
      ]);
  }
  return [];
}
