import { useEffect } from 'react';

/** The window's title: what is on screen, then the product. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Iterscope`;
  }, [title]);
}
