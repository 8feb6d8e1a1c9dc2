/**
 * Parts of links that could not be used, noted when the router reads an address: it then writes the address
 * anew without them, so that no component could find them there.
 */
export class LinkNotes {
  #notes: readonly string[] = [];
  readonly #listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly get = (): readonly string[] => this.#notes;

  /** The router reads an address more than once: what was noted before is not noted again. */
  readonly add = (problems: readonly string[]): void => {
    const fresh = problems.filter((problem) => !this.#notes.includes(problem));
    if (fresh.length === 0) return;
    this.#notes = [...this.#notes, ...fresh];
    for (const listener of this.#listeners) listener();
  };

  /** As in a page that was just loaded. */
  readonly forget = (): void => {
    this.#notes = [];
  };
}

/** Beside the router, which lives as long as the page. */
export const linkNotes = new LinkNotes();
