import type { BrowserState } from './policy.ts';

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
