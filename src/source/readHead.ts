import { err, ok, type Result } from '../lib/result.ts';
import type { Refusal } from '../domain/refusal.ts';
import { headBytes } from './header.ts';
import { changedOnDisk } from './refusals.ts';
import type { FileState } from './remote/fault.ts';
import { probeRemote, type OnWhole } from './remote/probe.ts';
import type { Source } from './source.ts';

export interface Head {
  readonly bytes: Uint8Array;
  /** Undefined when a host hides it. */
  readonly sizeBytes: number | undefined;
  /** Of remote files only. */
  readonly remote?: RemoteHead;
}

interface RemoteHead {
  readonly state: FileState;
  /** All of the file, where its host has no ranges. */
  readonly whole: Blob | undefined;
  /** How the host compressed it on its way. */
  readonly encoding: string | undefined;
  /** The host that answered, at the end of all redirects. */
  readonly answeredBy: string;
}

/** The first 12 KiB of a source, and its size. Rejects only when `signal` aborts. */
export async function readHead(
  source: Source,
  signal: AbortSignal,
  onWhole: OnWhole,
): Promise<Result<Head, Refusal>> {
  if (source.kind === 'file') return readFileHead(source.file);
  const probed = await probeRemote(
    source.url,
    signal,
    onWhole,
    source.redirects === 'ask' ? 'manual' : 'follow',
  );
  if (!probed.ok) return probed;
  const { head, sizeBytes, ...remote } = probed.value;
  return ok({ bytes: head, sizeBytes, remote });
}

async function readFileHead(file: File): Promise<Result<Head, Refusal>> {
  try {
    const bytes = new Uint8Array(await file.slice(0, headBytes).arrayBuffer());
    return ok({ bytes, sizeBytes: file.size });
  } catch {
    return err(changedOnDisk(file.name));
  }
}
