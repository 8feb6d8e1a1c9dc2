/** The contract's codes for what cannot be opened or shown (docs/url-format.md, "Refusals"). */
export type RefusalCode =
  | 'empty-file'
  | 'not-duckdb'
  | 'compressed-file'
  | 'exported-database'
  | 'web-page'
  | 'lfs-pointer'
  | 'sqlite-file'
  | 'parquet-file'
  | 'truncated'
  | 'newer-storage'
  | 'older-storage'
  | 'encrypted'
  | 'no-known-tables'
  | 'other-schema'
  | 'wal-missing'
  | 'wal-mismatch'
  | 'fetch-failed'
  | 'no-cors'
  | 'leads-on'
  | 'changed'
  | 'out-of-memory'
  | 'engine-crashed'
  | 'question-failed'
  | 'interrupted'
  | 'screen-failed'
  | 'not-extracted'
  | 'not-found';

/** A text to copy: the label says for what. */
export interface CopyBlock {
  readonly label: string;
  readonly text: string;
}

/** What happened, why, and what to do now; shown as `role="alert"` with the code. */
export interface Refusal {
  readonly code: RefusalCode;
  /** The file, address or id it is about. */
  readonly subject: string;
  readonly what: string;
  readonly why: string;
  readonly wayOut: string;
  readonly copy?: readonly CopyBlock[];
  /** The file is open all the same, and this is to be known of it. */
  readonly warning?: true;
}
