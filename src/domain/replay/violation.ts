/** A promise of the schema that stored data breaks; an empty list of these is what every check hopes for. */
export interface Violation {
  /** INV-1 money is integer, INV-2 and INV-5 a run repeats itself, INV-6 events tell everything (domain.md 7.5). */
  readonly invariant: 'INV-1' | 'INV-2' | 'INV-5' | 'INV-6';
  /** The table, run or agent it is about. */
  readonly subject: string;
  readonly message: string;
  /** Where in the run, when it is about a tick of it. */
  readonly tick?: number | undefined;
  /** The table that holds the rows, when they are not events. */
  readonly table?: string | undefined;
}

/** Both sides as text, for amounts and lists alike. */
export function mismatch(what: string, expected: unknown, actual: unknown): string {
  return `${what}: ${String(expected)} expected, ${String(actual)} found`;
}
