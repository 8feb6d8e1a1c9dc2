import type { DroppedFile } from '../droppedFiles.ts';

/** What the page and the unpacking worker say to each other. */
export type PackedFormat = 'gzip' | 'zip' | 'Zstandard';

export interface UnpackRequest {
  readonly file: File;
  readonly format: PackedFormat;
  readonly limitBytes: number;
}

export type UnpackReply =
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'done'; readonly files: readonly DroppedFile[] }
  | { readonly kind: 'failed'; readonly why: string };
