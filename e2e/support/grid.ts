import type { Locator } from '@playwright/test';

import type { GridText } from '../../src/testing/gridText.ts';

export { cellOf, records, type GridText, type Row } from '../../src/testing/gridText.ts';

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
