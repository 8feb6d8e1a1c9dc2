/** Which engine opens which storage version. The day a WASM build of DuckDB 2 is published: one more row. */
import type { Refusal } from '../domain/refusal.ts';
import type { DuckDbHeader } from '../source/header.ts';
import { shellWord, conversion } from '../source/refusals.ts';

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
