/**
 * Where every piece of the app's state lives. `url`: in the address; `browser`: kept in this browser;
 * `memory`: gone with the page. Only what has the home `browser` can be saved (`preferences.ts`).
 */
type Home = 'url' | 'browser' | 'memory';

/** Refuses a home that there is none of. */
type Housed<T extends Readonly<Record<string, Home>>> = T;

type Homes = Housed<{
  openFiles: 'url';
  /** Never stored: a file stays where its owner keeps it. */
  localFileContents: 'memory';
  screen: 'url';
  selection: 'url';
  figureSettings: 'url';
  gridSorting: 'url';
  theme: 'browser';
  /** Agree, disagree, unsure and notes: in IndexedDB (`reviews/keeper.ts`), never in a database of the user. */
  reviews: 'browser';
  /** The name to judge under, or the one made up for this browser. */
  reviewer: 'browser';
  /** A note while it is being written; kept with the review a moment later. */
  noteDraft: 'memory';
  /** That something was open in this browser before: only a first visit opens the sample by itself. */
  visited: 'browser';
  answers: 'memory';
  alerts: 'memory';
}>;

/** Pieces of state that may be kept in the browser. */
export type BrowserState = {
  [K in keyof Homes]: Homes[K] extends 'browser' ? K : never;
}[keyof Homes];
