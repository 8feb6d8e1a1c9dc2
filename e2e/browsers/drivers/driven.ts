/** A browser of the machine that Playwright cannot drive, as the tests of every browser see it. */
export interface DrivenBrowser {
  /** `Firefox 153.7.0`. */
  readonly name: string;
  /** Hosts that the browser asks on its own account, whatever page it shows. */
  readonly itsOwnHosts: RegExp;
  /** Resolves when the page is loaded; a new fragment of the same page resolves at once. */
  goto(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page. It sees nothing but its argument; argument and result travel as JSON. */
  evaluate<A, R>(inPage: (argument: A) => R | Promise<R>, argument: A): Promise<R>;
  /** Puts files of the disk into the file input that the selector finds. */
  setFiles(selector: string, paths: readonly string[]): Promise<void>;
  /** Presses and releases the pointer's first button there, in CSS pixels of the window. */
  click(x: number, y: number): Promise<void>;
  close(): Promise<void>;
}

/** What a browser is started with. */
export interface Settings {
  /** `127.0.0.1:<port>` of a proxy for every request but those to this machine. */
  readonly proxy: string;
  /** A folder of this run; the browser may write there. */
  readonly folder: string;
}

/** How a browser is started, or the words why it cannot be had on this machine. */
export type Found = ((settings: Settings) => Promise<DrivenBrowser>) | string;

/** The two steps of a click, in the form that WebDriver and WebDriver BiDi share. */
export function clickActions(x: number, y: number): readonly object[] {
  const move = { type: 'pointerMove', x: Math.round(x), y: Math.round(y), origin: 'viewport' };
  const actions = [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }];
  return [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }];
}

/** How a browser is to name what is wanted of a manual proxy; the same in WebDriver and WebDriver BiDi. */
export function proxyCapability(proxy: string): object {
  return {
    proxyType: 'manual',
    httpProxy: proxy,
    sslProxy: proxy,
    noProxy: ['127.0.0.1', 'localhost'],
  };
}

/** What a function in the page gave, or threw. */
type Answer = { readonly value?: unknown } | { readonly thrown: string };

/** The source of a function that takes the argument as JSON and gives an `Answer` as JSON. */
export function sourceInPage(inPage: unknown): string {
  return `async (json) => {
    try { return JSON.stringify({ value: await (${String(inPage)})(JSON.parse(json)) }); }
    catch (cause) { return JSON.stringify({ thrown: String(cause) }); }
  }`;
}

/** The value that the page gave; throws what it threw. */
export function readAnswer(json: string): unknown {
  const answer = JSON.parse(json) as Answer;
  if ('thrown' in answer) throw new Error(`in the page: ${answer.thrown}`);
  return answer.value;
}
