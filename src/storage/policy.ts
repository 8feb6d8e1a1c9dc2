/**
 * Where every piece of the app's state lives. `url`: in the address; `browser`: kept in this browser;
 * `memory`: gone with the page. Only what has the home `browser` can be saved (`preferences.ts`).
 */
export type Home = 'url' | 'browser' | 'memory';

export const homes = {
  openFiles: 'url',
  /** Never stored: a file stays where its owner keeps it. */
  localFileContents: 'memory',
  screen: 'url',
  selection: 'url',
  figureSettings: 'url',
  gridSorting: 'url',
  theme: 'browser',
  /** Agree, disagree, unsure and notes: in IndexedDB (`reviews/keeper.ts`), never in a database of the user. */
  reviews: 'browser',
  /** The name to judge under, or the one made up for this browser. */
  reviewer: 'browser',
  /** A note while it is being written; kept with the review a moment later. */
  noteDraft: 'memory',
  /** That something was open in this browser before: only a first visit opens the sample by itself. */
  visited: 'browser',
  answers: 'memory',
  alerts: 'memory',
} as const satisfies Readonly<Record<string, Home>>;

/** Pieces of state that may be kept in the browser. */
export type BrowserState = {
  [K in keyof typeof homes]: (typeof homes)[K] extends 'browser' ? K : never;
}[keyof typeof homes];
