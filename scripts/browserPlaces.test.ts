import { expect, it } from 'vitest';

import { browserPlaces, headlessPlaces } from './browserPlaces.ts';

it('looks for Playwright’s own first, then along the PATH', () => {
  const places = browserPlaces(
    { platform: 'linux', env: { PATH: '/usr/local/bin::/usr/bin' } },
    '/own/chrome',
  );
  expect(places.slice(0, 4)).toEqual([
    '/own/chrome',
    '/usr/local/bin/chromium',
    '/usr/bin/chromium',
    '/usr/local/bin/chromium-browser',
  ]);
  expect(places).toContain('/usr/bin/google-chrome-stable');
  expect(places).toContain('/usr/bin/microsoft-edge');
  expect(places).toHaveLength(11);
});

it('knows the usual places of macOS and Windows', () => {
  expect(browserPlaces({ platform: 'darwin', env: { HOME: '/Users/a' } }, '')).toContain(
    '/Users/a/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  );
  expect(browserPlaces({ platform: 'win32', env: { PROGRAMFILES: 'C:\\Program Files' } }, '')).toEqual([
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files\\Chromium\\Application\\chrome.exe',
    'C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe',
  ]);
});

it('looks for a Chromium without windows beside Playwright’s own, then along the PATH', () => {
  const env = { PATH: '/usr/local/bin:/usr/bin' };
  expect(headlessPlaces({ platform: 'linux', env }, '/own/chromium-1255/chrome-linux64/chrome')).toEqual([
    '/own/chromium_headless_shell-1255/chrome-headless-shell-linux64/chrome-headless-shell',
    '/usr/local/bin/chromium-headless-shell',
    '/usr/bin/chromium-headless-shell',
  ]);
  const app = 'Chromium.app/Contents/MacOS/Chromium';
  expect(
    headlessPlaces({ platform: 'darwin', env: {} }, `/own/chromium-1255/chrome-mac-arm64/${app}`),
  ).toEqual(['/own/chromium_headless_shell-1255/chrome-headless-shell-mac-arm64/chrome-headless-shell']);
  expect(
    headlessPlaces({ platform: 'win32', env }, 'C:\\own\\chromium-1255\\chrome-win64\\chrome.exe'),
  ).toEqual(['C:\\own\\chromium_headless_shell-1255/chrome-headless-shell-win64/chrome-headless-shell.exe']);
  expect(headlessPlaces({ platform: 'win32', env }, '')).toEqual([]);
});
