import { useLayoutEffect, useState, type RefObject, type UIEventHandler } from 'react';

/** Whether a scrolled element holds more to the right of what is in sight; looked at again whenever `size` changes. */
export function useMoreRight(
  scroller: RefObject<HTMLElement | null>,
  size: string,
): readonly [boolean, UIEventHandler<HTMLElement>] {
  const [more, setMore] = useState(false);
  const look = (element: HTMLElement) =>
    setMore(element.scrollLeft + element.clientWidth < element.scrollWidth - 1);
  useLayoutEffect(() => {
    if (scroller.current !== null) look(scroller.current);
  }, [scroller, size]);
  return [more, (event) => look(event.currentTarget)];
}
