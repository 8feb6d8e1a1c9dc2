import type { Refusal } from '../../domain/refusal.ts';
import { archiveFormat, compressedFile } from '../../source/archives.ts';
import { arrangeFiles } from '../../source/arrangeFiles.ts';
import type { FileSource, Source } from '../../source/source.ts';
import { unpackInWorker } from '../../source/unpack/unpackInWorker.ts';

/** A tar file gives itself away at byte 257. */
const packedHeadBytes = 262;

export interface Unpacked {
  readonly sources: readonly Source[];
  readonly refusals: readonly Refusal[];
}

/** Puts in the place of each packed local file what is in it, one after the other; rejects on abort. */
export async function unpackSources(
  sources: readonly Source[],
  signal: AbortSignal,
  step: (word: string) => void,
): Promise<Unpacked> {
  const unpacked: Source[] = [];
  const refusals: Refusal[] = [];
  for (const source of sources) {
    const format = source.kind === 'file' ? await formatOf(source) : undefined;
    if (source.kind === 'url' || (format !== 'gzip' && format !== 'zip' && format !== 'Zstandard')) {
      unpacked.push(source);
      continue;
    }
    step(`unpacking ${source.name}`);
    const result = await unpackInWorker(source.file, format, signal, (fraction) =>
      step(`unpacking ${source.name}, ${Math.round(100 * fraction)} %`),
    );
    if (result.ok) {
      const arranged = arrangeFiles(result.value.map((file) => ({ file, folder: '' })));
      unpacked.push(...arranged.sources.map((inside) => ({ ...inside, wal: inside.wal ?? source.wal })));
      refusals.push(...arranged.refusals);
    } else {
      refusals.push(compressedFile(source.name, format, `It could not be unpacked here: ${result.error}.`));
    }
  }
  return { sources: unpacked, refusals };
}

async function formatOf({ file }: FileSource) {
  // A file that cannot be read any more is told by whoever reads it next.
  const head = await file
    .slice(0, packedHeadBytes)
    .arrayBuffer()
    .catch(() => new ArrayBuffer(0));
  return archiveFormat(new Uint8Array(head));
}
