import { openFolder } from '../../engine/engine.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { FileId } from '../../lib/ids.ts';
import { hasPassword, shownAddress } from '../../source/remote/address.ts';
import type { Source } from '../../source/source.ts';
import type { PreparedSource } from './prepare.ts';
import type { IterationCounts, SessionState } from './state.ts';

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

/**
 * The open files with those that are added. A later state of an open file stands in its place, since the order of the
 * files decides which is meant where two hold the same id: the same address, or a file of this machine of the same name
 * as one that is known to be outdated. `known` is what the state of the session says of it then: new stays what was new.
 */
export function inPlace(
  open: readonly Candidate[],
  added: readonly Candidate[],
  outdated: ReadonlyMap<FileId, IterationCounts>,
  state: SessionState,
): {
  readonly wanted: readonly Candidate[];
  readonly known: Pick<SessionState, 'grown' | 'successors'>;
} {
  const grown = new Map(state.grown);
  const successors = new Map(state.successors);
  const isLater = ({ prepared: later }: Candidate, { fileId, prepared: earlier }: Candidate): boolean =>
    later.linkToken === earlier.linkToken ||
    (outdated.has(fileId) &&
      later.source.kind === 'file' &&
      earlier.source.kind === 'file' &&
      later.source.name === earlier.source.name);
  const placed = new Set<Candidate>();
  const wanted = open.map((earlier) => {
    const later = added.find((each) => !placed.has(each) && isLater(each, earlier));
    if (later === undefined) return earlier;
    placed.add(later);
    const before = grown.get(earlier.fileId) ?? outdated.get(earlier.fileId);
    if (before !== undefined) grown.set(later.fileId, before);
    successors.set(earlier.prepared.linkToken, later.prepared.linkToken);
    return later;
  });
  return {
    wanted: [...wanted, ...added.filter((each) => !placed.has(each))],
    known: { grown, successors },
  };
}
