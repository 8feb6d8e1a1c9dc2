import type { Refusal } from '../domain/refusal.ts';
import { shellWord, conversion } from './refusals.ts';

/**
 * The fixed head of a DuckDB file: a main header (magic `DUCK` at byte 8, storage version as u64 at 12, four
 * u64 flags at 20, the writer's version text at 52, the database's identifier at 124) and two database headers at
 * 4,096 and 8,192 of which the one with the higher iteration counts.
 */
export interface DuckDbHeader {
  readonly storageVersion: bigint;
  /** As the writer named itself, e.g. `v1.5.6`; empty in files of before 0.9. */
  readonly writerVersion: string;
  readonly encrypted: boolean;
  /** Sixteen bytes that DuckDB draws for each database, as text; undefined in files of older storage versions. */
  readonly databaseId: string | undefined;
  /** Bytes that the last checkpoint needs; undefined where the database headers cannot be read. */
  readonly expectedBytes: number | undefined;
}

/** Main header and both database headers. */
export const headBytes = 12_288;
/** What the engine asks a host for first: the head, and the checksum of the first block with it. */
export const startBytes = 16_384;
export const defaultBlockBytes = 262_144n;
const encryptedFlag = 1n;

export function hasMagic(head: Uint8Array): boolean {
  return head.length >= 12 && asciiAt(head, 8, 4) === 'DUCK';
}

/** Text up to the first NUL. */
export function asciiAt(bytes: Uint8Array, offset: number, length: number): string {
  const slice = bytes.subarray(offset, offset + length);
  const end = slice.indexOf(0);
  return String.fromCharCode(...(end < 0 ? slice : slice.subarray(0, end)));
}

/** Reads a head of at least 84 bytes that has the magic. */
export function parseHeader(head: Uint8Array): DuckDbHeader {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const encrypted = (view.getBigUint64(20, true) & encryptedFlag) !== 0n;
  return {
    storageVersion: view.getBigUint64(12, true),
    writerVersion: asciiAt(head, 52, 32),
    encrypted,
    databaseId: databaseId(head),
    // Database headers of an encrypted file are ciphertext.
    expectedBytes: encrypted || head.length < headBytes ? undefined : expectedBytes(view),
  };
}

function databaseId(head: Uint8Array): string | undefined {
  const bytes = head.subarray(124, 140);
  return bytes.some((byte) => byte !== 0) ? bytes.join() : undefined;
}

/** Of fields of a database header: checksum, iteration, meta block, free list, block count, block size. */
function blocksOf(view: DataView): { readonly blockCount: bigint; readonly blockBytes: bigint } {
  const at = (offset: number) => ({
    iteration: view.getBigUint64(offset + 8, true),
    blockCount: view.getBigUint64(offset + 32, true),
    blockBytes: view.getBigUint64(offset + 40, true) || defaultBlockBytes,
  });
  const [first, second] = [at(4096), at(8192)];
  return second.iteration > first.iteration ? second : first;
}

function expectedBytes(view: DataView): number {
  const { blockCount, blockBytes } = blocksOf(view);
  return headBytes + Number(blockCount * blockBytes);
}

/** Bytes of a block by the head of a file; of the usual size where it says none that DuckDB writes. */
export function blockBytesOf(head: Uint8Array): number {
  if (head.length < headBytes) return Number(defaultBlockBytes);
  const { blockBytes } = blocksOf(new DataView(head.buffer, head.byteOffset, head.byteLength));
  const isWritten = blockBytes >= 16_384n && blockBytes <= defaultBlockBytes;
  return Number(isWritten && defaultBlockBytes % blockBytes === 0n ? blockBytes : defaultBlockBytes);
}

/** Which engine opens which storage version. The day a WASM build of DuckDB 2 is published: one more row. */
interface EngineBuild {
  /** DuckDB release inside the build. */
  readonly duckdb: string;
  readonly oldestStorage: bigint;
  readonly newestStorage: bigint;
}

const engineBuilds: readonly EngineBuild[] = [{ duckdb: '1.5.6', oldestStorage: 64n, newestStorage: 68n }];

/** Undefined when some engine opens it. */
export function refuseStorage(name: string, header: DuckDbHeader): Refusal | undefined {
  const { storageVersion } = header;
  const opens = engineBuilds.some(
    (build) => build.oldestStorage <= storageVersion && storageVersion <= build.newestStorage,
  );
  if (opens) return undefined;
  const newest = engineBuilds.every((build) => storageVersion > build.newestStorage);
  return newest ? newerStorage(name, header) : olderStorage(name, header);
}

function writer(header: DuckDbHeader): string {
  return header.writerVersion === ''
    ? 'an unnamed DuckDB'
    : `DuckDB ${header.writerVersion.replace(/^v/, '')}`;
}

function newerStorage(name: string, header: DuckDbHeader): Refusal {
  const newest = engineBuilds.map((build) => build.duckdb).join(', ');
  return {
    code: 'newer-storage',
    subject: name,
    what: `${name} was written by ${writer(header)} in a storage format that no browser engine reads yet.`,
    why: `Its header says storage version ${header.storageVersion}; the engine here is DuckDB ${newest}, which reads 64 to 68.`,
    wayOut:
      'Make a readable copy with DuckDB 2 (the original stays as it is), then open the copy. ' +
      `“npm start -- ${shellWord(name)}” does this by itself where DuckDB 2 is installed.`,
    copy: conversion(name),
  };
}

function olderStorage(name: string, header: DuckDbHeader): Refusal {
  return {
    code: 'older-storage',
    subject: name,
    what: `${name} has storage version ${header.storageVersion}, from before DuckDB 0.10.`,
    why: 'DuckDB reads files of version 64 and later; older ones need the release that wrote them.',
    wayOut: 'Open it with that release, run EXPORT DATABASE, and import the export with DuckDB 1.0 or newer.',
  };
}
