/** Version of logs that is read here: that of DuckDB 0.10 to 1.5, unencrypted. */
export const readVersion = 2;

/** The first entry of a log. */
export interface WalStart {
  readonly version: number;
  /** As `DuckDbHeader.databaseId`; in files of storage version 67 and later. */
  readonly databaseId: string | undefined;
  readonly bytes: number;
}

const typeField = 100;
const startType = 98;
const versionField = 101;
const databaseIdField = 102;
const checkpointField = 103;
const endOfFields = 0xffff;

/**
 * The first entry, without length and checksum: fields with a u16 for a name, numbers as LEB128. Undefined for
 * anything else, 'unknown' for one with other fields.
 */
export function readWalStart(head: Uint8Array): WalStart | 'unknown' | undefined {
  let at = 0;
  const field = (): number => {
    at += 2;
    return (head[at - 2] ?? 0) + 256 * (head[at - 1] ?? 0);
  };
  const number = (): number => {
    let value = 0;
    for (let scale = 1; at < head.length; scale *= 128) {
      const byte = head[at++] ?? 0;
      value += (byte & 127) * scale;
      if (byte < 128) break;
    }
    return value;
  };
  if (field() !== typeField || number() !== startType || field() !== versionField) return undefined;
  const version = number();
  if (version !== readVersion) return 'unknown';
  let databaseId: string | undefined;
  let next = field();
  if (next === databaseIdField) {
    databaseId = Array.from({ length: Math.min(number(), head.length) }, number).join();
    next = field();
  }
  if (next === checkpointField) {
    number();
    next = field();
  }
  return next === endOfFields && at <= head.length ? { version, databaseId, bytes: at } : 'unknown';
}
