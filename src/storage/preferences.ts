import type { BrowserState, TabState } from './policy.ts';

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
