import { openFolder } from '../../engine/hardening.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { FileId } from '../../lib/ids.ts';
import { hasPassword, shownAddress } from '../../source/remote/address.ts';
import type { Source } from '../../source/source.ts';
import type { PreparedSource } from './prepare.ts';

/** A prepared source with the key it is known by while it is open. */
export interface Candidate {
  readonly fileId: FileId;
  readonly prepared: PreparedSource;
}

/** The name that the engine knows a file by. */
export const diskName = (fileId: FileId): string => `${openFolder}${fileId}.db`;

/** The name of the same file without its log, which the engine looks for beside the other name. */
export const diskNameAlone = (fileId: FileId): string => `${openFolder}${fileId}-alone.db`;

/** Whether the engine knows the file by this name. */
export const isKnownAs = ({ fileId }: Candidate, name: string): boolean =>
  name === diskName(fileId) || name === diskNameAlone(fileId);

/** Words of the engine, with the file’s own name in place of the one that the engine knows it by. */
export function inReadersWords(message: string, { fileId, prepared }: Candidate): string {
  const firstLine = message.split('\n')[0] ?? message;
  return firstLine
    .replaceAll(`${diskName(fileId)}.wal`, prepared.logName)
    .replaceAll(diskNameAlone(fileId), prepared.source.name)
    .replaceAll(diskName(fileId), prepared.source.name);
}

/**
 * A remote file may be asked for again: hosts recover, and files change. A local one is dropped again. Where it leads on
 * to another address, to ask again is to follow.
 */
export function again(source: Source, refused?: Refusal): Source | undefined {
  if (source.kind !== 'url' || hasPassword(source.url)) return undefined;
  return refused?.code === 'leads-on' ? { ...source, redirects: 'name' } : source;
}

/** The remote source that a refusal is about. */
export function sourceOf({ subject }: Refusal, candidates: readonly Candidate[]): Source | undefined {
  const source = candidates
    .map(({ prepared }) => prepared.source)
    .find((each) => each.kind === 'url' && shownAddress(each.url) === subject);
  return source === undefined ? undefined : again(source);
}

/** Whether those of the wanted files that were open before are open still. */
export function keepsAll(
  before: readonly Candidate[] = [],
  wanted: readonly Candidate[],
  standing: readonly Candidate[] = [],
): boolean {
  return wanted.every((each) => !before.includes(each) || standing.includes(each));
}
