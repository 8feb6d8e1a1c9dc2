/** Compressed files by their first bytes, with the command that unpacks them. */
import type { Refusal } from '../domain/refusal.ts';
import { shellWord } from './quoting.ts';

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
    copy: [{ label: 'Command line', text: `${command} ${shellWord(subject)}` }],
  };
}
