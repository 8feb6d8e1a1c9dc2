import type { Refusal } from '../domain/refusal.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { asciiAt, headBytes, hasMagic, parseHeader, type DuckDbHeader } from './header.ts';
import * as refusals from './refusals.ts';
import { isWalName, walAlone } from './walRefusals.ts';

/** Compressed files by their first bytes, with the command that unpacks them. */
interface Archive {
  readonly format: string;
  /** Where the bytes stand, and what they are. */
  readonly at: number;
  readonly magic: readonly number[];
  readonly command: string;
}

const text = (characters: string): number[] => Array.from(new TextEncoder().encode(characters));

const archives = [
  { format: 'gzip', at: 0, magic: [0x1f, 0x8b], command: 'gunzip -k --' },
  { format: 'Zstandard', at: 0, magic: [0x28, 0xb5, 0x2f, 0xfd], command: 'zstd -d --' },
  { format: 'zip', at: 0, magic: [...text('PK'), 3, 4], command: 'unzip' },
  { format: 'zip', at: 0, magic: [...text('PK'), 5, 6], command: 'unzip' },
  { format: 'xz', at: 0, magic: [0xfd, ...text('7zXZ'), 0], command: 'xz -dk --' },
  { format: 'bzip2', at: 0, magic: text('BZh'), command: 'bunzip2 -k --' },
  { format: '7z', at: 0, magic: [...text('7z'), 0xbc, 0xaf, 0x27, 0x1c], command: '7z x --' },
  { format: 'RAR', at: 0, magic: text('Rar!'), command: 'unrar x --' },
  { format: 'LZ4', at: 0, magic: [0x04, 0x22, 0x4d, 0x18], command: 'lz4 -d --' },
  { format: 'tar', at: 257, magic: text('ustar'), command: 'tar -xf' },
] as const satisfies readonly Archive[];

export type ArchiveFormat = (typeof archives)[number]['format'];

/** What a head says a file is packed as; undefined for anything else. */
export function archiveFormat(head: Uint8Array): ArchiveFormat | undefined {
  return archives.find(({ at, magic }) => magic.every((byte, i) => head[at + i] === byte))?.format;
}

/** A packed file behind an address: what is unpacked here is unpacked once it is dropped. */
export function compressedRemote(subject: string, format: ArchiveFormat): Refusal {
  return {
    ...compressedFile(
      subject,
      format,
      'It is read from its host in pieces, and a packed file has no pieces to read.',
    ),
    wayOut: /^(gzip|zip|Zstandard)$/.test(format)
      ? 'Download it and drop it here as it is: it is unpacked in the browser. Or unpack it on the host.'
      : 'Download and unpack it, then drop the database that comes out. Or unpack it on the host.',
  };
}

/** `why` it is not unpacked here. */
export function compressedFile(subject: string, format: ArchiveFormat, why?: string): Refusal {
  const command = archives.find((archive) => archive.format === format)?.command ?? '';
  return {
    code: 'compressed-file',
    subject,
    what: `${subject} is packed (${format}), not a database yet.`,
    why: why ?? 'The engine reads single blocks of a database, which a packed file does not have.',
    wayOut: 'Unpack it, then open the database that comes out.',
    copy: [{ label: 'Command line', text: `${command} ${refusals.shellWord(subject)}` }],
  };
}

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
