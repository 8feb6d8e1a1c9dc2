import type { Dialect } from '../../domain/experiment/normalised.ts';
import type { Refusal } from '../../domain/refusal.ts';
import type { FileId } from '../../lib/ids.ts';
import { type FilePrints, fingerprint } from '../../source/fingerprint.ts';
import { shownAddress } from '../../source/remote/address.ts';
import type { FileState } from '../../source/remote/fault.ts';
import type { Source } from '../../source/source.ts';

/** A file that is attached and can be asked. */
export interface OpenFile {
  readonly fileId: FileId;
  readonly source: Source;
  /** As shown; two files of one name get a number. */
  readonly name: string;
  /** Undefined when a host hides it. */
  readonly sizeBytes: number | undefined;
  /** The size, or where it is hidden what the file's own header calls for. */
  readonly leastBytes: number;
  readonly dialects: readonly Dialect[];
  readonly writerVersion: string;
  /** As its header has it, e.g. `64`. */
  readonly storageVersion: string;
  readonly withWal: boolean;
  /** Size of the log that lay beside it when it was opened; undefined where none was found. */
  readonly logBytes: number | undefined;
  /** How a link names it: `sample`, an address, or `file:{name}~{fingerprint}`. */
  readonly linkToken: string;
  /** What links know its content by. */
  readonly prints: FilePrints;
  /** Of a remote file: as its host told it when it was opened. */
  readonly state: FileState | undefined;
}

type BootPhase =
  | { readonly phase: 'booting'; readonly percent: number | undefined }
  | { readonly phase: 'ready' }
  | { readonly phase: 'failed'; readonly refusal: Refusal };

/** What is being done about the files that were asked for, in a word for the reader. */
export interface OpeningProgress {
  readonly names: readonly string[];
  readonly step: string;
}

interface Alert {
  readonly id: number;
  readonly refusal: Refusal;
  /** What one click tries to open again. */
  readonly again: Source | undefined;
}

/** Whether so many databases are to be opened: the reader decides. */
interface AskedAbout {
  readonly count: number;
  readonly answer: (open: boolean) => void;
}

/** How many iterations each experiment of a file has. */
export type IterationCounts = ReadonlyMap<string, number>;

export interface SessionState {
  readonly boot: BootPhase;
  readonly files: readonly OpenFile[];
  /** What went with the last change of the files, as links name it: the address must not ask for it again. */
  readonly left: readonly string[];
  /** From what went to what took its place, as links name both: the same file, written to. */
  readonly successors: ReadonlyMap<string, string>;
  /** Of files that were read again since they were written to: what they held before. */
  readonly grown: ReadonlyMap<FileId, IterationCounts>;
  readonly opening: OpeningProgress | undefined;
  readonly asked: AskedAbout | undefined;
  readonly alerts: readonly Alert[];
  /** The sample is open because nobody opened anything: the first visit. */
  readonly introduced: boolean;
  /** Pieces of work that no question stands for: code being loaded. */
  readonly otherWork: number;
}

/**
 * How many iterations an experiment had before its file was read again; those behind are new. 0 where all of it is new,
 * undefined where the file was read once.
 */
export function countBefore(
  grown: SessionState['grown'],
  fileId: FileId,
  experimentId: string,
): number | undefined {
  const counts = grown.get(fileId);
  return counts === undefined ? undefined : (counts.get(experimentId) ?? 0);
}

/** The step of what only waits: for the engine, or for what was asked for before. */
export const waitingForEngine = 'waiting for the engine';

export const initialState: SessionState = {
  boot: { phase: 'booting', percent: undefined },
  files: [],
  left: [],
  successors: new Map(),
  grown: new Map(),
  opening: undefined,
  asked: undefined,
  alerts: [],
  introduced: false,
  otherWork: 0,
};

/** What an earlier alert may have called a file that is open now. */
export function namesOf({ name, source, withWal }: OpenFile): string[] {
  return [
    name,
    ...(withWal ? [(source.kind === 'file' ? source.wal?.name : undefined) ?? `${name}.wal`] : []),
    ...(source.kind === 'url' ? [shownAddress(source.url)] : []),
  ];
}

/** Tokens of the open files that are not among `next`. */
export function leftBy({ files }: SessionState, next: readonly OpenFile[]): readonly string[] {
  const stays = new Set(next.map(({ linkToken }) => linkToken));
  return files.map(({ linkToken }) => linkToken).filter((token) => !stays.has(token));
}

/** One alert more; it takes the place of one that says the same of the same. */
export function withAlert(alerts: SessionState['alerts'], added: Alert): SessionState['alerts'] {
  const { code, subject } = added.refusal;
  return [...alerts.filter(({ refusal }) => refusal.code !== code || refusal.subject !== subject), added];
}

/** What is known of a file's size: a part of `OpenFile` and of `PreparedSource`. */
interface Sized {
  readonly source: Source;
  /** The size, or where a host hides it what the file's own header calls for. */
  readonly leastBytes: number;
}

const largeLocalBytes = 128_000_000;
/** A remote byte costs time and a host's traffic: the list of a large remote file stays within 2.5 MB. */
const largeRemoteBytes = 16_000_000;

/** Whether reading every exchange or payment of a file is too much to do unasked. */
export function isLarge(file: Sized): boolean {
  const limit = isRemote(file) ? largeRemoteBytes : largeLocalBytes;
  return file.leastBytes > limit;
}

/** Whether unasked reading stops at what the list itself shows: each further table of a far file costs megabytes. */
export function isLargeAndFar(file: Sized): boolean {
  return isRemote(file) && isLarge(file);
}

function isRemote({ source }: Sized): boolean {
  return source.kind === 'url' && !source.sample;
}

interface Named {
  /** As the file calls itself. */
  readonly name: string;
  /** How a link names it: ends in the fingerprint of a local file. */
  readonly linkToken: string;
}

/**
 * Names as they are shown and as `in` names them in a link. Files of one name are told apart by what is in them
 * (remote ones by their address), as `results.db~0a1b2c3d`: in whatever order they are opened, each keeps its own.
 */
export function uniqueNames(files: readonly Named[]): string[] {
  const counts = new Map<string, number>();
  for (const { name } of files) counts.set(name, (counts.get(name) ?? 0) + 1);
  return files.map((file) => ((counts.get(file.name) ?? 0) > 1 ? longName(file) : file.name));
}

/** The name with the content, also where it is not needed: a link may have been made beside another of the name. */
export function longName({ name, linkToken }: Named): string {
  const print = /~([0-9a-f]{8})$/.exec(linkToken)?.[1];
  return `${name}~${print ?? fingerprint(new TextEncoder().encode(linkToken), 0)}`;
}
