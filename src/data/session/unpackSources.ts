import type { Refusal } from '../../domain/refusal.ts';
import { archiveFormat, compressedFile, type ArchiveFormat } from '../../source/sniff.ts';
import { arrangeFiles } from '../../source/droppedFiles.ts';
import { isLogOf } from '../../source/wal.ts';
import type { FileSource, Source } from '../../source/source.ts';
import { type PackedFormat, unpackInWorker, unpackLimitBytes } from '../../source/unpack/unpackInWorker.ts';

/** A tar file gives itself away at byte 257. */
const packedHeadBytes = 262;

export interface Unpacked {
  readonly sources: readonly Source[];
  /** Logs that were packed without their database. */
  readonly strayWals: readonly File[];
  readonly refusals: readonly Refusal[];
}

/** A packed file in a packed file is opened, as `.tar.gz` or a zip of `.gz`; one in that is not: nobody needs it. */
const mostLayers = 2;

/** Puts in the place of each packed local file what is in it, one after the other; rejects on abort. */
export async function unpackSources(
  sources: readonly Source[],
  signal: AbortSignal,
  step: (word: string) => void,
): Promise<Unpacked> {
  const unpacked: Source[] = [];
  const strayWals: File[] = [];
  const refusals: Refusal[] = [];
  for (const source of sources) {
    if (source.kind === 'url') {
      unpacked.push(source);
      continue;
    }
    const inside = await unpackOne(source, source.name, 0, unpackLimitBytes, signal, step);
    unpacked.push(...inside.sources);
    strayWals.push(...inside.strayWals);
    refusals.push(...inside.refusals);
  }
  return { sources: unpacked, strayWals, refusals };
}

/**
 * Gives each log to the database of its name: to the only one of those that are being opened, or to the last of those
 * handed over earlier, which is opened again with it.
 */
export function joinLogs(
  sources: readonly Source[],
  logs: readonly File[],
  earlier: Iterable<File>,
): Pick<Unpacked, 'sources' | 'strayWals'> {
  let joined = sources;
  const strayWals: File[] = [];
  for (const wal of logs) {
    const owners = joined.filter(
      (source): source is FileSource =>
        source.kind === 'file' && source.wal === undefined && isLogOf(wal.name, source.name),
    );
    const [owner] = owners;
    const before = [...earlier].reverse().find((file) => isLogOf(wal.name, file.name));
    if (owner !== undefined && owners.length === 1) {
      joined = joined.map((source) => (source === owner ? { ...owner, wal } : source));
    } else if (owner === undefined && before !== undefined) {
      joined = [...joined, { kind: 'file', name: before.name, file: before, wal }];
    } else {
      strayWals.push(wal);
    }
  }
  return { sources: joined, strayWals };
}

/** `given` is the name of the outermost file; `limitBytes` is for all that comes out of it, in all layers. */
async function unpackOne(
  source: FileSource,
  given: string,
  layer: number,
  limitBytes: number,
  signal: AbortSignal,
  step: (word: string) => void,
): Promise<Unpacked> {
  const { name } = source;
  const format = await formatOf(source);
  if (format === undefined || (layer === 0 && !isUnpackedHere(format))) {
    return { sources: [source], strayWals: [], refusals: [] };
  }
  if (!isUnpackedHere(format)) {
    return { sources: [], strayWals: [], refusals: [packedInside(name, format, given)] };
  }
  const refused = (why: string): Unpacked => ({
    sources: [],
    strayWals: [],
    refusals: [compressedFile(name, format, `It could not be unpacked here: ${why.replace(/\.$/, '')}.`)],
  });
  if (layer === mostLayers) return refused('it was packed more than twice');
  step(`unpacking ${name}`);
  const result = await unpackInWorker(source.file, format, limitBytes, signal, (fraction) =>
    step(`unpacking ${name}, ${Math.round(100 * fraction)} %`),
  );
  if (!result.ok) return refused(result.error);
  const arranged = arrangeFiles(result.value);
  const sources: Source[] = [];
  const strayWals = [...arranged.strayWals];
  const refusals = [...arranged.refusals];
  let leftBytes = limitBytes - result.value.reduce((sum, { file }) => sum + file.size, 0);
  for (const inside of arranged.sources) {
    const again = await unpackOne(
      { ...inside, wal: inside.wal ?? source.wal },
      given,
      layer + 1,
      leftBytes,
      signal,
      step,
    );
    for (const each of again.sources) {
      if (each.kind === 'file' && each.file !== inside.file) leftBytes -= each.file.size;
    }
    sources.push(...again.sources);
    strayWals.push(...again.strayWals);
    refusals.push(...again.refusals);
  }
  return { sources, strayWals, refusals };
}

/** Something packed in `given`: the `tar` program unpacks `.tar.gz` in one go. */
function packedInside(name: string, format: ArchiveFormat, given: string): Refusal {
  if (format === 'tar') return compressedFile(given, format);
  return compressedFile(name, format, `It lies in ${given} and cannot be unpacked here.`);
}

const isUnpackedHere = (format: ArchiveFormat): format is PackedFormat =>
  format === 'gzip' || format === 'zip' || format === 'Zstandard';

async function formatOf({ file }: FileSource) {
  // A file that cannot be read any more is told by whoever reads it next.
  const head = await file
    .slice(0, packedHeadBytes)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return archiveFormat(new Uint8Array(head));
}
