/** WebKitGTK's MiniBrowser through WebKitWebDriver (https://www.w3.org/TR/webdriver2/): each command a request. */
import { setTimeout as pause } from 'node:timers/promises';

import { endingOnFailure, freePort, onPath, startProgram, type Program } from './program.ts';
import {
  clickActions,
  proxyCapability,
  readAnswer,
  sourceInPage,
  type DrivenBrowser,
  type Found,
  type Settings,
} from './driven.ts';

/** An element in an answer is an object with this one name. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf';
/** Below the five minutes after which Node's `fetch` gives up an answer. */
const scriptLimitMs = 280_000;
const startLimitMs = 30_000;

/** Looks for the driver, and for a display where there is none. */
export function findWebKit(): Found {
  const driver = onPath('WebKitWebDriver');
  if (driver === undefined) return 'no WebKitWebDriver (Debian: webkit2gtk-driver)';
  const display = process.env.DISPLAY;
  const server = onPath('Xvfb');
  if (display === undefined && server === undefined) return 'no display and no Xvfb (Debian: xvfb)';
  return (settings) =>
    endingOnFailure((started) =>
      start(driver, display === undefined ? server : undefined, settings, started),
    );
}

async function start(
  driverPath: string,
  displayServer: string | undefined,
  { proxy }: Settings,
  started: (program: Program) => Program,
): Promise<DrivenBrowser> {
  const display =
    displayServer === undefined
      ? undefined
      : started(startProgram(displayServer, ['-displayfd', '1', '-screen', '0', '1280x900x24']));
  const [, number = ''] = (await display?.says(/^(\d+)\n/m)) ?? [];
  const port = await freePort();
  const driver = started(
    startProgram(driverPath, [`--port=${port}`], {
      // Without a graphics card the moving parts of the page would take both cores.
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
      ...(display === undefined ? {} : { DISPLAY: `:${number}` }),
    }),
  );
  const root = `http://127.0.0.1:${port}`;
  await untilAnswered(`${root}/status`);
  const { sessionId, capabilities } = (await send('POST', `${root}/session`, {
    capabilities: { alwaysMatch: { proxy: proxyCapability(proxy) } },
  })) as { sessionId: string; capabilities: { browserVersion: string } };
  const session = `${root}/session/${sessionId}`;
  await send('POST', `${session}/timeouts`, { script: scriptLimitMs });
  return {
    name: `WebKitGTK ${capabilities.browserVersion}`,
    itsOwnHosts: /^$/,
    async goto(url) {
      await send('POST', `${session}/url`, { url });
    },
    async reload() {
      await send('POST', `${session}/refresh`, {});
    },
    async evaluate(inPage, argument) {
      const script = `(${sourceInPage(inPage)})(arguments[0]).then(arguments[1])`;
      const args = [JSON.stringify(argument ?? null)];
      return readAnswer(
        (await send('POST', `${session}/execute/async`, { script, args })) as string,
      ) as never;
    },
    async setFiles(selector, paths) {
      const found = await send('POST', `${session}/element`, { using: 'css selector', value: selector });
      const id = (found as Record<string, string>)[elementKey] ?? '';
      await send('POST', `${session}/element/${id}/value`, { text: paths.join('\n') });
    },
    async click(x, y) {
      await send('POST', `${session}/actions`, { actions: clickActions(x, y) });
    },
    async close() {
      await send('DELETE', session);
      await driver.end();
      await display?.end();
    },
  };
}

/** The driver prints nothing when it is ready. */
async function untilAnswered(url: string): Promise<void> {
  const giveUpAtMs = Date.now() + startLimitMs;
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > giveUpAtMs) throw new Error(`nothing answers at ${url}`);
    await pause(50);
  }
}

/** The `value` of the answer; a failure is thrown in the driver's words. */
async function send(method: string, url: string, body?: object): Promise<unknown> {
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const { value } = (await answer.json()) as { value: unknown };
  if (answer.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`${method} ${url}: ${error}: ${message}`);
}
