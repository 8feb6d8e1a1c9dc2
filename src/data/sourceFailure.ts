import type { Refusal } from '../domain/refusal.ts';
import type { Source } from '../source/source.ts';

/** A question that could not be answered because its file could not be read any more, in the reader's words. */
export class SourceFailure extends Error {
  override readonly name = 'SourceFailure';
  readonly refusal: Refusal;
  readonly source: Source;
  constructor(refusal: Refusal, source: Source, cause: unknown) {
    super(refusal.what, { cause });
    this.refusal = refusal;
    this.source = source;
  }
}
