import type { RefusalCode, Refusal } from '../domain/refusal.ts';
import { EngineError, type EngineErrorKind } from '../engine/errors.ts';
import { isDamage, changedOnDisk } from '../source/refusals.ts';
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

/** Why a question of an open file has no answer, and what to do now. */
interface QuestionFailure {
  readonly code: RefusalCode;
  readonly what: string;
  readonly why: string;
  readonly wayOut: string;
  /** The same question may have an answer when it is asked again. */
  readonly mayPass: boolean;
}

/** Says what is known of a failed question, and no more: the file is damaged or the engine crashed only where it says so. */
export function explainFailure(error: Error): QuestionFailure {
  if (error instanceof SourceFailure) return { ...error.refusal, mayPass: false };
  if (isChangedOnDisk(error)) return { ...changedOnDisk('The file'), mayPass: false };
  const [why = error.message] = error.message.split('\n');
  if (error instanceof EngineError) return { ...explainKind(error.kind, why), why };
  return { ...notExpected, what: 'The engine answered, and the answer is not what was asked for.', why };
}

/** Whether the engine could not read a local file any more, as it changed after it was chosen. */
export function isChangedOnDisk(cause: unknown): boolean {
  return cause instanceof Error && cause.message.includes('NotReadableError');
}

const notExpected = {
  code: 'question-failed',
  wayOut:
    'The rest of the page is unaffected. Reload to retry. If the file is sound, report this as a fault of Iterscope, with these words.',
  mayPass: false,
} as const;

function explainKind(kind: EngineErrorKind, message: string): Omit<QuestionFailure, 'why'> {
  switch (kind) {
    case 'out-of-memory':
      return {
        code: kind,
        what: 'The answer needs more memory than the browser gives one tab.',
        wayOut:
          'The rest of the page and the other files still answer. Close a file that is not needed, or start the page anew, which frees what earlier answers took; then try again.',
        mayPass: true,
      };
    case 'crashed':
    case 'timed-out':
      return {
        code: 'engine-crashed',
        what: 'The engine stopped before it had the answer.',
        wayOut: 'It is started again with the files that were open. Try again then.',
        mayPass: true,
      };
    case 'cancelled':
      return {
        code: 'interrupted',
        what: 'The question was interrupted before it had an answer.',
        wayOut: 'The rest of the page is unaffected. Try again.',
        mayPass: true,
      };
    case 'host':
      return {
        code: 'fetch-failed',
        what: 'The host of the file did not give what was asked for.',
        wayOut: 'Open the file again, or download it and drop it here.',
        mayPass: false,
      };
    case 'query':
      if (!isDamage(message)) return { ...notExpected, what: 'The engine refused the question.' };
      return {
        code: 'truncated',
        what: 'The file is damaged where the answer stands.',
        wayOut:
          'The rest of the page is unaffected. Copy the file again from where it was written, when nothing writes to it.',
        mayPass: false,
      };
  }
}
