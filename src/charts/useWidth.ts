import { useLayoutEffect, useState, type RefObject } from 'react';

/** Used where nothing has a layout (a test, a page not yet shown). */
const widthWithoutLayout = 720;

/** Width of an element, measured before the first paint and followed; undefined until then. */
export function useWidth(ref: RefObject<HTMLElement | null>): number | undefined {
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.floor(element.clientWidth) || widthWithoutLayout);
    measure();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
