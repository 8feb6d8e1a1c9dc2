import type { FileId } from '../../lib/ids.ts';
import type { PreparedSource } from './prepare.ts';

/** A prepared source with the key it is known by while it is open. */
export interface Candidate {
  readonly fileId: FileId;
  readonly prepared: PreparedSource;
}

/** The name that the engine knows a file by. */
export const diskName = (fileId: FileId): string => `${fileId}.db`;
