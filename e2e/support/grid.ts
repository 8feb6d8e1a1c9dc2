import type { Locator } from '@playwright/test';

/** What a grid or table says, read through its roles: every row, also those that are not in the page yet. */
export interface GridText {
  readonly headers: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Scrolls a grid from top to end and collects its rows by `aria-rowindex`; a plain table is read as it is. */
export async function readGrid(grid: Locator): Promise<GridText> {
  return grid.evaluate(async (element) => {
    const text = (node: Element): string =>
      (node instanceof HTMLElement ? node.innerText : node.textContent).replace(/\s+/g, ' ').trim();
    const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const headings = '[role=columnheader], thead th';
    const cells = '[role=gridcell], [role=cell], [role=rowheader], td, tbody th';

    const collected = new Map<number, string[]>();
    const collect = (): void => {
      const rows = [...element.querySelectorAll('[role=row], tr')].filter((row) => row.querySelector(cells));
      rows.forEach((row, position) => {
        const index = Number(row.getAttribute('aria-rowindex') ?? position);
        collected.set(index, Array.from(row.querySelectorAll(cells), text));
      });
    };
    // Lines over the headings that only the eye groups by are not headings.
    const spoken = [...element.querySelectorAll(headings)].filter(
      (heading) => heading.closest('[aria-hidden=true]') === null,
    );
    const headers = spoken.map((heading) => heading.getAttribute('aria-label') ?? text(heading));

    let scroller: Element | null = element;
    while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 1) {
      scroller = scroller === document.documentElement ? null : scroller.parentElement;
    }
    if (scroller !== null) {
      const before = scroller.scrollTop;
      let top = -1;
      scroller.scrollTop = 0;
      while (scroller.scrollTop !== top) {
        top = scroller.scrollTop;
        // The first frame hears of the scrolling, the second has drawn the rows.
        await nextFrame();
        await nextFrame();
        collect();
        scroller.scrollTop = top + scroller.clientHeight * 0.8;
      }
      scroller.scrollTop = before;
    }
    collect();
    const rows = [...collected].sort(([a], [b]) => a - b).map(([, row]) => row);
    return { headers, rows };
  });
}

/** A row by the words of its headings. */
export type Row = Readonly<Record<string, string>>;

/** A cell; empty where the file holds nothing, which the screen says with a dash and the reason. */
export function cellOf(row: Row | undefined, header: string): string {
  const text = row?.[header];
  if (text === undefined) throw new Error(`no column ${header}: ${Object.keys(row ?? {}).join(', ')}`);
  return text.startsWith('–') ? '' : text;
}

/** The rows as objects, by the words of their headings. */
export function records({ headers, rows }: GridText): readonly Row[] {
  return rows.map((row) => Object.fromEntries(headers.map((header, i) => [header, row[i] ?? ''])));
}
