import { EngineError, EngineFileError } from '../../engine/errors.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { isDamage, changedOnDisk } from '../../source/refusals.ts';
import type { Source } from '../../source/source.ts';
import { isChangedOnDisk } from '../questionFailure.ts';

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** No engine could be started: its files could not be had from the host of this page, or the browser refuses them. */
export function engineMissing(cause: unknown): Refusal {
  if (cause instanceof EngineFileError) return engineFile(cause);
  return {
    code: 'engine-crashed',
    subject: 'the engine',
    what: 'The database engine could not start.',
    why: messageOf(cause),
    wayOut: 'Reload the page. If it stays so, the browser may be too old or may forbid WebAssembly here.',
  };
}

const reload = 'Then reload the page, or open a file to try again.';

function engineFile({ fault, url, message }: EngineFileError): Refusal {
  const name = new URL(url).pathname.split('/').at(-1) ?? url;
  const common = { code: 'fetch-failed', subject: 'the engine' } as const;
  switch (fault) {
    case 'status':
      return {
        ...common,
        what: `The database engine is not there: ${url}`,
        why: `The host of this page answers ${message}.`,
        wayOut: `Whoever put Iterscope on this host: copy the whole folder dist/, with assets/${name}, and let it be read. ${reload}`,
      };
    case 'not-wasm':
      return {
        ...common,
        what: `What the host sends is not the database engine: ${url}`,
        why: `It answers ${message}, and the content is not WebAssembly.`,
        wayOut: `Whoever put Iterscope on this host: copy assets/${name} again, as it is and in binary, and send it for this address. ${reload}`,
      };
    case 'not-script':
      return {
        ...common,
        what: `The script of the database engine does not arrive as one: ${url}`,
        why: `The host of this page answers ${message}; a browser runs scripts of type text/javascript only.`,
        wayOut: `Whoever put Iterscope on this host: send .js files as text/javascript. ${reload}`,
      };
    case 'silent':
      return {
        ...common,
        what: `The host of this page does not send the database engine: ${url}`,
        why: `Of the answer, ${message}.`,
        wayOut: 'Check the connection. Reload the page, or open a file to try again.',
      };
    case 'unreachable':
      return {
        ...common,
        what: `The database engine could not be fetched: ${url}`,
        why: `${message}.`,
        wayOut: 'Check the connection and whatever filters it. Reload the page, or open a file to try again.',
      };
    case 'not-compiled':
    case 'not-started':
      return {
        code: 'engine-crashed',
        subject: 'the engine',
        what: 'The browser does not start the database engine.',
        why: `${url}: ${message}.`,
        wayOut:
          'Reload the page. If it stays so, the file on the host is damaged, the browser is too old, or it forbids WebAssembly here (a lockdown mode, or a content security policy without ‘wasm-unsafe-eval’).',
      };
  }
}

/** A failure while opening or asking `subject`: out of memory, an engine that ended, or one that is not explained. */
export function engineCrashed(subject: string, cause: unknown): Refusal {
  const kind = cause instanceof EngineError ? cause.kind : undefined;
  if (kind === 'out-of-memory') {
    return {
      code: 'out-of-memory',
      subject,
      what: `${subject} needs more memory than the browser gives one tab.`,
      why: messageOf(cause),
      wayOut: 'Close other files or tabs and try again; a smaller view of the same file may still open.',
    };
  }
  if (kind !== 'crashed' && kind !== 'timed-out') return unexplained(subject, messageOf(cause));
  return {
    code: 'engine-crashed',
    subject,
    what: `The engine stopped while it read ${subject}.`,
    why: messageOf(cause),
    wayOut:
      'It is started again with the files that were open. If it happens again with the same file, that file may be damaged: copy it again from where it was written.',
  };
}

/** A file that is open could not be attached beside more: memory is a matter of the set, not of that file. */
export function tooMuchTogether(subject: string, { why }: Refusal): Refusal {
  return {
    code: 'out-of-memory',
    subject,
    what: `${subject} does not fit into memory beside the files that are open.`,
    why,
    wayOut: 'Close another file or tab and try again. What was open stays open.',
  };
}

/** The engine refused a file; `message` are its words. It is called damaged only where they say so. */
export function notOpened(subject: string, cause: unknown, message: string): Refusal {
  if (isChangedOnDisk(cause)) return changedOnDisk(subject);
  if (!isDamage(message)) return unexplained(subject, message);
  return {
    code: 'truncated',
    subject,
    what: `${subject} is damaged.`,
    why: `The engine says: ${message}`,
    wayOut: 'Copy it again from where it was written, when nothing writes to it.',
  };
}

function unexplained(subject: string, message: string): Refusal {
  return {
    code: 'no-known-tables',
    subject,
    what: `${subject} could not be opened.`,
    why: `The engine says: ${message}`,
    wayOut:
      'Try whether DuckDB itself opens it. If it does, the engine of the browser lacks something that the file uses; if not, copy it again from where it was written.',
  };
}

/** Opening took longer than `seconds`. The engine hangs on some damaged files; that it does so on this one is not known. */
export function hung({ kind, name }: Source, doing: string, seconds: number): Refusal {
  const what = `${name} timed out after ${seconds} s.`;
  const late = `By then the engine had not come back from ${doing}.`;
  return kind === 'file'
    ? {
        code: 'interrupted',
        subject: name,
        what,
        why: `${late} Why is not known: the machine is busy, the disk is slow, or something in the file holds the engine up.`,
        wayOut:
          'Try again. If it stays so, try whether DuckDB itself opens it; if it does not, copy it again from where it was written.',
      }
    : {
        code: 'interrupted',
        subject: name,
        what,
        why: `${late} Why is not known: the host is slow, or something in the file holds the engine up.`,
        wayOut: 'Try again, or download the file and drop it here.',
      };
}
