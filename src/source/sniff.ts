import { err, ok, type Result } from '../lib/result.ts';
import type { Refusal } from '../domain/refusal.ts';
import { asciiAt, headBytes, hasMagic, parseHeader, type DuckDbHeader } from './header.ts';
import { archiveFormat, compressedFile } from './archives.ts';
import * as refusals from './refusals.ts';
import { isWalName, walAlone } from './walRefusals.ts';

/**
 * Looks at the first bytes of a file before the engine does: a SQLite file, or a database cut short, hangs the
 * engine instead of failing. `sizeBytes` is the whole file's size, undefined when a server does not tell.
 */
export function sniff(
  name: string,
  head: Uint8Array,
  sizeBytes: number | undefined,
): Result<DuckDbHeader, Refusal> {
  if (head.length === 0) return err(refusals.emptyFile(name));
  const start = asciiAt(head, 0, 64);
  if (start.startsWith('version https://git-lfs.github.com/spec/v1')) return err(refusals.lfsPointer(name));
  if (start.startsWith('SQLite format 3')) return err(refusals.sqliteFile(name));
  const format = archiveFormat(head);
  if (format !== undefined && !hasMagic(head)) return err(compressedFile(name, format));
  if (/^(?:\xef\xbb\xbf)?\s*<(?:!doctype html|html|head|body|!--|\?xml)/i.test(start))
    return err(refusals.webPage(name));
  if (start.startsWith('PAR1')) return err(refusals.parquetFile(name));
  if (!hasMagic(head)) {
    return err(isWalName(name) ? walAlone(name) : refusals.notDuckDb(name, start));
  }
  if (head.length < headBytes) return err(refusals.truncated(name, head.length, headBytes));
  const header = parseHeader(head);
  if (header.encrypted) return err(refusals.encrypted(name));
  if (
    sizeBytes !== undefined &&
    header.expectedBytes !== undefined &&
    // A newer storage version may lay its headers out differently: its version is the better refusal.
    header.storageVersion < 100n &&
    sizeBytes < header.expectedBytes
  ) {
    return err(refusals.truncated(name, sizeBytes, header.expectedBytes));
  }
  return ok(header);
}
