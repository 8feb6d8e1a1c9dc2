import { expect, it } from 'vitest';

import { openCommand } from './openInBrowser.ts';

const address = 'http://127.0.0.1:4173/#/experiments?db=a&db=b';

it.each([
  ['darwin', {}, ['open', address]],
  ['win32', {}, ['rundll32', 'url.dll,FileProtocolHandler', address]],
  ['linux', { DISPLAY: ':0' }, ['xdg-open', address]],
  ['linux', { WAYLAND_DISPLAY: 'wayland-0', CI: 'false' }, ['xdg-open', address]],
] as const)('opens on %s with %j', (platform, env, command) => {
  expect(openCommand(address, { platform, env })).toEqual(command);
});

it.each([
  ['linux', {}],
  ['linux', { DISPLAY: '' }],
  ['linux', { DISPLAY: ':0', CI: 'true' }],
  ['darwin', { CI: '1' }],
  ['darwin', { BROWSER: 'none' }],
] as const)('opens nothing on %s with %j', (platform, env) => {
  expect(openCommand(address, { platform, env })).toBeUndefined();
});
