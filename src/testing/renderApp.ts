/** The whole app in jsdom over the browser's engine run in Node: what a reader sees and does, without a browser. */
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import { within, type BoundFunctions, type queries } from '@testing-library/dom';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import { createElement } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { onTestFinished } from 'vitest';

import { App, createServices, type Services } from '../app/App.tsx';
import { linkNotes } from '../app/linkNotes.ts';
import { faultyEngine, type FaultyEngine } from './faultyEngine.ts';
import { textOf, type GridText } from './gridText.ts';

export interface RenderedApp {
  readonly services: Services;
  /** Every engine that was booted, the newest last. */
  readonly engines: readonly FaultyEngine[];
  readonly user: UserEvent;
  /** Queries over all that is on screen. */
  readonly screen: BoundFunctions<typeof queries>;
  readonly main: HTMLElement;
  /** What stands in the address bar behind the origin. */
  readonly hash: string;
  /** Goes to an address of the app, as `#/experiments`, and waits until it is final. */
  open(hash: string): Promise<void>;
  /** Hands files over as picked, a database and its `.wal` together where there is one. */
  pickFiles(...paths: readonly string[]): Promise<void>;
  /** Presses and waits until what follows is final. */
  click(element: Element | undefined): Promise<void>;
  press(keys: string): Promise<void>;
  /** Until nothing is loading and what is on screen is final. */
  waitIdle(): Promise<void>;
  /** The grid or table of this name; throws where there is none. */
  gridElement(name: string, scope?: Element): HTMLElement;
  findGrid(name: string, scope?: Element): HTMLElement | undefined;
  /** All rows of a grid of fewer than 100, or of a table, as text. */
  grid(name: string, scope?: Element): GridText;
  /** All rows of a longer grid, which is scrolled for them. */
  wholeGrid(name: string): Promise<GridText>;
  /** Rows that a grid says it has, without its heading. */
  rowCount(name: string): number;
  /** The links of a grid, row by row. */
  links(grid: string): readonly HTMLElement[];
  region(name: string): HTMLElement;
  button(name: string | RegExp): HTMLElement;
  /** The values beside (or under) a label in lists of facts. */
  facts(label: string, scope?: Element): readonly string[];
  /** The first of them; throws where there is none. */
  fact(label: string, scope?: Element): string;
  /** What each alert says, of one code or of any. */
  alerts(code?: string): readonly string[];
  alert(code: string): string | undefined;
  within(scope: HTMLElement): BoundFunctions<typeof queries>;
  text(scope?: Element): string;
}

/** Renders the app at an address; at the end of the test it is taken down. Rejects when it stays busy for two minutes. */
export async function renderApp(hash = '#/'): Promise<RenderedApp> {
  localStorage.clear();
  localStorage.setItem('iterscope:1:visited', 'yes');
  // A page of its own, though tests share their modules.
  linkNotes.forget();
  location.hash = hash;
  const engines: FaultyEngine[] = [];
  const services = createServices(() => {
    const engine = faultyEngine();
    engines.push(engine);
    return Promise.resolve(engine);
  });
  const container = document.body.appendChild(document.createElement('div'));
  const root = createRoot(container);
  root.render(createElement(App, { services }));
  const app = rendered(services, engines);
  onTestFinished(() => takeDown(root, container, services, engines));
  await app.waitIdle();
  return app;
}

function rendered(services: Services, engines: readonly FaultyEngine[]): RenderedApp {
  const screen = within(document.body);
  const user = userEvent.setup({ delay: null });
  const findGrid = (name: string, scope: Element = document.body): HTMLElement | undefined =>
    [...scope.querySelectorAll<HTMLElement>('[role=grid], table')].find(
      (grid) => (grid.getAttribute('aria-label') ?? grid.querySelector('caption')?.textContent) === name,
    );
  const gridElement = (name: string, scope?: Element): HTMLElement =>
    present(findGrid(name, scope), `grid ${name}`);
  const app: RenderedApp = {
    services,
    engines,
    user,
    screen,
    get main() {
      return present(document.querySelector('main'), 'main');
    },
    get hash() {
      return location.hash;
    },
    async open(hash) {
      location.hash = hash;
      await app.waitIdle();
    },
    async pickFiles(...paths) {
      const files = paths.map(async (path) => new File([await readFile(path)], basename(path)));
      void services.session.openFiles(await Promise.all(files));
      await app.waitIdle();
    },
    async click(element) {
      await user.click(present(element, 'what is to be pressed'));
      await app.waitIdle();
    },
    async press(keys) {
      await user.keyboard(keys);
      await app.waitIdle();
    },
    waitIdle: () => untilIdle(services),
    gridElement,
    findGrid,
    grid(name, scope) {
      const element = gridElement(name, scope);
      const text = readGrid(element);
      const count = element.getAttribute('aria-rowcount');
      if (count !== null && Number(count) - 1 !== text.rows.length) throw new Error(`not all drawn: ${name}`);
      return text;
    },
    async wholeGrid(name) {
      const scroller = present(gridElement(name).parentElement, `what scrolls ${name}`);
      const rows = new Map<string, readonly string[]>();
      for (let top = 0; rows.size < app.rowCount(name) && top < 100_000; top += 400) {
        scroller.scrollTop = top;
        scroller.dispatchEvent(new Event('scroll'));
        await app.waitIdle();
        for (const row of rowsOf(gridElement(name)))
          rows.set(row.getAttribute('aria-rowindex') ?? '', cellsOf(row));
      }
      const inOrder = [...rows].sort(([a], [b]) => Number(a) - Number(b));
      return { ...readGrid(gridElement(name)), rows: inOrder.map(([, cells]) => cells) };
    },
    rowCount: (name) => Number(gridElement(name).getAttribute('aria-rowcount')) - 1,
    links: (grid) => [...gridElement(grid).querySelectorAll<HTMLElement>('a[href]')],
    button: (name) => screen.getByRole('button', { name }),
    region: (name) => screen.getByRole('region', { name }),
    facts: (label, scope = document.body) =>
      [...scope.querySelectorAll('dt')]
        .filter((term) => textOf(term) === label)
        .map((term) => textOf(present(term.nextElementSibling, `value of ${label}`))),
    fact: (label, scope) => present(app.facts(label, scope)[0], `fact ${label}`),
    alerts: (code) =>
      [...document.querySelectorAll(`[role=alert]${code === undefined ? '' : `[data-code="${code}"]`}`)].map(
        textOf,
      ),
    alert: (code) => app.alerts(code)[0],
    within,
    text: (scope = document.body) => textOf(scope),
  };
  return app;
}

const cells = '[role=gridcell], [role=cell], [role=rowheader], td, tbody th';

const rowsOf = (grid: HTMLElement): Element[] =>
  [...grid.querySelectorAll('[role=row], tr')].filter((row) => row.querySelector(cells) !== null);

const cellsOf = (row: Element): readonly string[] => [...row.querySelectorAll(cells)].map(textOf);

/** Of the rows that are drawn. */
function readGrid(grid: HTMLElement): GridText {
  const headings = [...grid.querySelectorAll('[role=columnheader], thead th')].filter(
    (heading) => heading.closest('[aria-hidden=true]') === null,
  );
  return {
    headers: headings.map((heading) => heading.getAttribute('aria-label') ?? textOf(heading)),
    rows: rowsOf(grid).map(cellsOf),
  };
}

function present<T>(value: T | null | undefined, what: string): T {
  if (value === null || value === undefined) throw new Error(`not on screen: ${what}`);
  return value;
}

/** Five calm frames: a link is followed in a turn of its own, and busy comes by one frame later. */
async function untilIdle({ router }: Services): Promise<void> {
  const patienceMs = 120_000;
  const since = performance.now();
  for (let calmFrames = 0; calmFrames < 5;) {
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const { status, location: wanted, resolvedLocation } = router.state;
    const isThere = status === 'idle' && resolvedLocation?.href === wanted.href;
    const isIdle = isThere && document.documentElement.dataset.status === 'idle';
    calmFrames = isIdle ? calmFrames + 1 : 0;
    if (performance.now() - since > patienceMs) throw new Error('still busy');
  }
}

async function takeDown(
  root: Root,
  container: HTMLElement,
  { session, queryClient }: Services,
  engines: readonly FaultyEngine[],
): Promise<void> {
  root.unmount();
  container.remove();
  queryClient.clear();
  session.cancel();
  for (const engine of engines) engine.terminate('the test has ended');
  delete document.documentElement.dataset.status;
  // React ends what it had scheduled.
  await pause(0);
}
