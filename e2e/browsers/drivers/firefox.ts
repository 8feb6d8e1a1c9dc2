/** Firefox without a window, which speaks WebDriver BiDi itself. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { connectBidi } from './bidi.ts';
import { endingOnFailure, onPath, startProgram, type Program } from './program.ts';
import {
  clickActions,
  proxyCapability,
  readAnswer,
  sourceInPage,
  type DrivenBrowser,
  type Found,
  type Settings,
} from './driven.ts';

/** Firefox silences itself for tests, but for these. */
const preferences: Readonly<Record<string, boolean | string>> = {
  'browser.aboutwelcome.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.server': '',
};

export function findFirefox(): Found {
  const path = onPath('firefox', 'firefox-esr');
  return path === undefined
    ? 'no firefox (Debian: firefox-esr)'
    : (settings) => endingOnFailure((started) => start(path, settings, started));
}

async function start(
  path: string,
  { proxy, folder }: Settings,
  started: (program: Program) => Program,
): Promise<DrivenBrowser> {
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(join(folder, 'user.js'), lines.join(''));
  const firefox = started(
    startProgram(path, ['--headless', '--no-remote', '--remote-debugging-port', '0', '--profile', folder], {
      TZ: 'UTC',
      MOZ_HEADLESS_WIDTH: '1280',
      MOZ_HEADLESS_HEIGHT: '900',
      HOME: folder,
    }),
  );
  const [, address = ''] = await firefox.says(/WebDriver BiDi listening on (ws:\S+)/);
  const connection = await connectBidi(`${address}/session`);
  const { capabilities } = await connection.send<{ capabilities: { browserVersion: string } }>(
    'session.new',
    {
      capabilities: { alwaysMatch: { proxy: proxyCapability(proxy) } },
    },
  );
  const { contexts } = await connection.send<{ contexts: readonly { context: string }[] }>(
    'browsingContext.getTree',
    {},
  );
  const context = contexts[0]?.context ?? '';
  const wait = 'complete';
  return {
    name: `Firefox ${capabilities.browserVersion}`,
    itsOwnHosts: /(\.mozilla\.(com|net|org)|^update\.googleapis\.com):443$/,
    goto: (url) => connection.send('browsingContext.navigate', { context, url, wait }),
    reload: () => connection.send('browsingContext.reload', { context, wait }),
    async evaluate(inPage, argument) {
      const { result, exceptionDetails } = await connection.send<Evaluated>('script.callFunction', {
        functionDeclaration: sourceInPage(inPage),
        arguments: [{ type: 'string', value: JSON.stringify(argument ?? null) }],
        target: { context },
        awaitPromise: true,
      });
      if (result === undefined) throw new Error(exceptionDetails?.text);
      return readAnswer(result.value) as never;
    },
    async setFiles(selector, files) {
      const { nodes } = await connection.send<{ nodes: readonly { sharedId: string }[] }>(
        'browsingContext.locateNodes',
        {
          context,
          locator: { type: 'css', value: selector },
        },
      );
      await connection.send('input.setFiles', { context, element: { sharedId: nodes[0]?.sharedId }, files });
    },
    click: (x, y) => connection.send('input.performActions', { context, actions: clickActions(x, y) }),
    async close() {
      connection.close();
      await firefox.end();
    },
  };
}

interface Evaluated {
  readonly result?: { readonly value: string };
  readonly exceptionDetails?: { readonly text: string };
}
