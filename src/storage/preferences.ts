const prefix = 'iterscope:1:';

/** A remembered choice, if it is still one of the choices. Storage may be full, private or forbidden. */
export function loadPreference<T extends string>(key: BrowserState, choices: readonly T[]): T | undefined {
  try {
    const stored = localStorage.getItem(prefix + key);
    return choices.find((choice) => choice === stored);
  } catch {
    return undefined;
  }
}

/** Remembers a choice where the browser allows it; the app works the same without. */
export function savePreference(key: BrowserState, value: string): void {
  try {
    localStorage.setItem(prefix + key, value);
  } catch {
    // Private windows and full disks refuse: the choice then lasts as long as the page.
  }
}

/** A remembered text of at most so many characters. */
export function loadText(key: BrowserState, longest: number): string | undefined {
  try {
    const stored = localStorage.getItem(prefix + key) ?? '';
    return stored === '' || stored.length > longest ? undefined : stored;
  } catch {
    return undefined;
  }
}

export function saveText(key: BrowserState, text: string): void {
  savePreference(key, text);
}

/** Whether this tab was marked so; a mark outlives a reload and goes with the tab. */
export function isTabMarked(key: TabState): boolean {
  try {
    return sessionStorage.getItem(prefix + key) === 'yes';
  } catch {
    return false;
  }
}

export function markTab(key: TabState, marked: boolean): void {
  try {
    if (marked) sessionStorage.setItem(prefix + key, 'yes');
    else sessionStorage.removeItem(prefix + key);
  } catch {
    // As above: without storage a reload forgets it.
  }
}

const mostTexts = 100;

/** Texts that this tab keeps, the newest last; none where there is no storage. */
export function tabTexts(key: TabState): readonly string[] {
  try {
    const stored: unknown = JSON.parse(sessionStorage.getItem(prefix + key) ?? '[]');
    return Array.isArray(stored) ? stored.filter((text) => typeof text === 'string') : [];
  } catch {
    return [];
  }
}

/** Keeps texts beside those of before, the newest of them all. */
export function rememberTabTexts(key: TabState, texts: readonly string[]): void {
  try {
    const all = [...tabTexts(key), ...texts].slice(-mostTexts);
    sessionStorage.setItem(prefix + key, JSON.stringify(all));
  } catch {
    // As above.
  }
}

/**
 * Where every piece of the app's state lives. `url`: in the address; `browser`: kept in this browser;
 * `tab`: kept until the tab is closed, reloads included; `memory`: gone with the page. Only what has the home
 * `browser` or `tab` can be saved.
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
type BrowserState = {
  [K in keyof Homes]: Homes[K] extends 'browser' ? K : never;
}[keyof Homes];

/** Pieces of state that may be kept in the tab. */
type TabState = {
  [K in keyof Homes]: Homes[K] extends 'tab' ? K : never;
}[keyof Homes];

const longestHosts = 20_000;

/**
 * Hosts that links may open files from without asking. The page's own origin needs no permission: it is where the
 * page itself comes from.
 */
export function isAllowed(address: string): boolean {
  const origin = originOf(address);
  return origin === globalThis.location.origin || allowedHosts().includes(origin);
}

/** Remembers the host of an address, for this visit at least. */
export function allowHost(address: string): void {
  const origin = originOf(address);
  if (isAllowed(address)) return;
  ofThisPage.add(origin);
  saveText('hosts', allowedHosts().join('\n'));
}

/** Whether the reader has said that redirects of this host may be followed; of the page's own they may. */
export function mayLeadOn(address: string): boolean {
  const origin = originOf(address);
  return origin === globalThis.location.origin || allowedHosts().includes(origin + leadingOn);
}

/** Remembers that redirects of the host of an address may be followed, for this visit at least. */
export function allowLeadingOn(address: string): void {
  if (mayLeadOn(address)) return;
  ofThisPage.add(originOf(address) + leadingOn);
  saveText('hosts', allowedHosts().join('\n'));
}

/** Stands behind an origin whose redirects are followed. */
const leadingOn = ' and where it leads on to';

/** Asks about every host again. */
export function forgetHosts(): void {
  ofThisPage.clear();
  saveText('hosts', '');
}

export function allowedHosts(): readonly string[] {
  return [...new Set([...(loadText('hosts', longestHosts)?.split('\n') ?? []), ...ofThisPage])];
}

/** Where the browser keeps nothing the answer lasts as long as the page. */
const ofThisPage = new Set<string>();

const originOf = (address: string): string => (URL.canParse(address) ? new URL(address).origin : '');
