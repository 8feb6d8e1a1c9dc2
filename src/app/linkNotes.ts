import { decoded } from '../lib/address.ts';

/**
 * Parts of links that could not be used, noted when the router reads an address: it then writes the address
 * anew without them, so that no component could find them there.
 */
export class LinkNotes {
  #notes: readonly string[] = [];
  /** The screen, as a path, that a note is about; the others are about the link or its files. */
  readonly #screenOf = new Map<string, string>();
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): readonly string[] => this.#notes;

  /** The router reads an address more than once: what was noted before is not noted again. */
  readonly add = (problems: readonly string[], screen?: string): void => {
    const fresh = problems.filter((problem) => !this.#notes.includes(problem));
    if (fresh.length === 0) return;
    if (screen !== undefined) for (const problem of fresh) this.#screenOf.set(problem, screen);
    this.#replace([...this.#notes, ...fresh]);
  };

  /** Drops what is about another screen than the one that the reader went on to. */
  readonly keepThoseOf = (screen: string): void => {
    const kept = this.#notes.filter((note) => (this.#screenOf.get(note) ?? screen) === screen);
    if (kept.length < this.#notes.length) this.#replace(kept);
  };

  /** As in a page that was just loaded. */
  readonly forget = (): void => {
    this.#notes = [];
    this.#screenOf.clear();
  };

  #replace(notes: readonly string[]): void {
    this.#notes = notes;
    for (const listener of this.#listeners) listener();
  }
}

/** The path of the address bar, spelt in one way. */
export function screenOnShow(): string {
  const path = location.hash.slice(1).split('?')[0] ?? '';
  return decoded(path) ?? path;
}

/** Beside the router, which lives as long as the page. */
export const linkNotes = new LinkNotes();
