interface KeyHelp {
  /** Named as in `KeyboardEvent.key`; any of them does it. */
  readonly keys: readonly string[];
  readonly does: string;
}

/** The keys of one place, for the list of keys. */
export interface KeyGroup {
  readonly title: string;
  readonly keys: readonly KeyHelp[];
}
