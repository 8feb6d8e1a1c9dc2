/**
 * Where every piece of the app's state lives. `url`: in the address; `browser`: kept in this browser;
 * `tab`: kept until the tab is closed, reloads included; `memory`: gone with the page. Only what has the home
 * `browser` or `tab` can be saved (`preferences.ts`).
 */
type Home = 'url' | 'browser' | 'tab' | 'memory';

/** Refuses a home that there is none of. */
type Housed<T extends Readonly<Record<string, Home>>> = T;

type Homes = Housed<{
  openFiles: 'url';
  /** A bounded copy in the browser's own file system, for a reload, where no handle leads to the file (decision 0025). */
  localFileContents: 'browser';
  /** Names, sizes and contents in words of files that were open, with their handles: `recentFiles.ts`. */
  recentFiles: 'browser';
  screen: 'url';
  selection: 'url';
  figureSettings: 'url';
  gridSorting: 'url';
  /** Columns of the list, and of all proposals; how two policies are compared. */
  shownColumns: 'url';
  comparisonView: 'url';
  theme: 'browser';
  /** Columns of the list of experiments, in their order, where an address names none: a habit of the reader. */
  listColumns: 'browser';
  /** Whether single letters are keys. */
  singleKeys: 'browser';
  /** How far the reader came in the tour. */
  tour: 'browser';
  /** Agree, disagree, unsure and notes: in IndexedDB (`reviews/reviewDatabase.ts`), never in a database of the user. */
  reviews: 'browser';
  /** The name to judge under, or the one made up for this browser. */
  reviewer: 'browser';
  /** A note while it is being written; kept with the review a moment later. */
  noteDraft: 'memory';
  /** That something was open in this browser before: only a first visit opens the sample by itself. */
  visited: 'browser';
  /** That the sample which is open was opened unasked, so that it gives way to the reader's own files. */
  sampleUnasked: 'tab';
  /** Addresses with the fingerprints that were on screen: a reload shows what its file has become meanwhile. */
  seenRemote: 'tab';
  /** Fingerprints of files of which not even a line could be remembered: said after a reload. */
  unremembered: 'tab';
  /** Hosts that links may open files from without asking again. */
  hosts: 'browser';
  /** Texts of the SQL editor that were given a name, and those that were run last. */
  savedQueries: 'browser';
  /** Saved texts that cannot be read, as they were stored: what is saved later does not take their place. */
  unreadableQueries: 'browser';
  queryHistory: 'browser';
  /** Whether a file that has changed is read again unasked. */
  rereadChanged: 'browser';
  /** Which files were written to since they were opened, and what is new in those that were read again. */
  fileChanges: 'memory';
  answers: 'memory';
  alerts: 'memory';
}>;

/** Pieces of state that may be kept in the browser. */
export type BrowserState = {
  [K in keyof Homes]: Homes[K] extends 'browser' ? K : never;
}[keyof Homes];

/** Pieces of state that may be kept in the tab. */
export type TabState = {
  [K in keyof Homes]: Homes[K] extends 'tab' ? K : never;
}[keyof Homes];
