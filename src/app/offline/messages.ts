/** What a page says to the service worker: that it has started, or that the reader wants the version which waits. */
export interface OfPage {
  readonly iterscope: 'page started' | 'take over';
}

export const isOfPage = (data: unknown): data is OfPage =>
  typeof data === 'object' && data !== null && 'iterscope' in data;
