import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

/** Used where nothing has a layout (a test, a page not yet shown). */
const widthWithoutLayout = 720;

interface MeasuredProps {
  readonly className: string | undefined;
  readonly children: (width: number) => ReactNode;
}

/** Draws its content to the width it has: measured before the first paint, and followed. */
export function Measured({ className, children }: MeasuredProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState<number>();
  useLayoutEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const measure = (): void => setWidth(Math.floor(element.clientWidth) || widthWithoutLayout);
    measure();
    if (typeof ResizeObserver === 'undefined') return undefined;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div className={className} ref={frame}>
      {width !== undefined && children(width)}
    </div>
  );
}
