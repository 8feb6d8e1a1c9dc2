import type { Page } from '@playwright/test';

/**
 * Amounts of money on screen that are not whole to the eye, each with what cuts it off: `$1,234.00 beyond td.end`. An
 * amount may lie outside a container that scrolls to it; it may not lie outside one that hides what overflows, nor be
 * wider than the room in which it scrolls, nor under another text of the same drawing.
 */
export async function cutAmounts(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    interface Box {
      left: number;
      right: number;
      top: number;
      bottom: number;
    }
    const slack = 1;
    const nameOf = (element: Element): string =>
      [element.tagName.toLowerCase(), ...element.classList].join('.').replaceAll(/_[\w-]{5}_\d+/g, '');

    /** Room inside the borders of an element. */
    const roomOf = (element: Element): Box => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      if (!(element instanceof HTMLElement)) return { left, right, top, bottom };
      const innerLeft = left + element.clientLeft;
      const innerTop = top + element.clientTop;
      return {
        left: innerLeft,
        right: innerLeft + element.clientWidth,
        top: innerTop,
        bottom: innerTop + element.clientHeight,
      };
    };
    const within = (box: Box, room: Box, axis: 'x' | 'y'): boolean =>
      axis === 'x'
        ? box.left >= room.left - slack && box.right <= room.right + slack
        : box.top >= room.top - slack && box.bottom <= room.bottom + slack;

    const isAlone = (element: Element): boolean => /^[-−+]?\$[\d,.]+$/.test(element.textContent.trim());

    /** What cuts off a box of text, going outwards from its element; `undefined` when nothing does. */
    const cutBy = (start: Element, text: Box): string | undefined => {
      const { left, right, top, bottom } = text;
      const box = { left, right, top, bottom };
      for (let element: Element | null = start; element !== null; element = element.parentElement) {
        if (element === document.body || element === document.documentElement) break;
        const style = getComputedStyle(element);
        if (style.display === 'inline' || style.display === 'contents') continue;
        const room = roomOf(element);
        for (const axis of ['x', 'y'] as const) {
          const overflow = axis === 'x' ? style.overflowX : style.overflowY;
          if (overflow === 'visible') continue;
          if (overflow === 'hidden' || overflow === 'clip') {
            if (!within(box, room, axis)) return `beyond ${nameOf(element)}`;
            continue;
          }
          // It scrolls: whatever is in its scrolled area can be brought into its room, where it must fit.
          const [size, roomSize] =
            axis === 'x'
              ? [box.right - box.left, room.right - room.left]
              : [box.bottom - box.top, room.bottom - room.top];
          if (size > roomSize + slack) return `wider than ${nameOf(element)}`;
          const from = axis === 'x' ? box.left - room.left + element.scrollLeft : 0;
          const to = axis === 'x' ? box.right - room.left + element.scrollLeft : 0;
          // Half an amount at the edge reads as another one. In a sentence the reader sees that it goes on.
          const isAcross = box.left < room.right - slack && box.right > room.right + slack;
          if (axis === 'x' && element.scrollLeft === 0 && isAcross && isAlone(start))
            return `across the edge of ${nameOf(element)}`;
          if (from < -slack || to > element.scrollWidth + slack) return `outside ${nameOf(element)}`;
          if (axis === 'x') Object.assign(box, { left: room.left, right: room.left + size });
          else Object.assign(box, { top: room.top, bottom: room.top + size });
        }
      }
      const width = document.documentElement.clientWidth;
      return box.left < -slack || box.right > width + slack ? 'outside the window' : undefined;
    };
    /** Only for those who listen: a point of text that the eye does not see. */
    const unseen = (start: Element): boolean => {
      if (!start.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return true;
      for (
        let element: Element | null = start;
        element instanceof HTMLElement;
        element = element.parentElement
      )
        if (element.offsetWidth <= 1 && element.offsetHeight <= 1) return true;
      return false;
    };

    const found = new Set<string>();
    const drawn: { element: Element; svg: Element; text: string; box: Box }[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent ?? '';
      if (element === null || text.trim() === '') continue;
      const svg = element.closest('svg');
      const amounts = [...text.matchAll(/[-−+]?\$\d[\d,.]*[kMBT]?/g)];
      if ((amounts.length === 0 && svg === null) || unseen(element)) continue;
      if (svg !== null) drawn.push({ element, svg, text, box: element.getBoundingClientRect() });
      for (const amount of amounts) {
        const range = document.createRange();
        range.setStart(node, amount.index);
        range.setEnd(node, amount.index + amount[0].length);
        for (const box of range.getClientRects()) {
          const cut = cutBy(element, box);
          if (cut !== undefined) found.add(`${amount[0]} ${cut}`);
        }
      }
    }
    for (const [i, a] of drawn.entries()) {
      for (const b of drawn.slice(i + 1)) {
        if (a.svg !== b.svg || a.element === b.element || !/\$\d/.test(a.text + b.text)) continue;
        const wide = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
        const high = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
        if (wide > 2 && high > 4) found.add(`${a.text} over ${b.text}`);
      }
    }
    return [...found];
  });
}
