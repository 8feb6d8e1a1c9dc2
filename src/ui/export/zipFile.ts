import {
  BlobWriter,
  TextReader,
  Uint8ArrayReader,
  ZipWriter,
  configure,
} from '@zip.js/zip.js/lib/zip-core-native.js';

/** One file of an archive. */
export interface ZipEntry {
  /** With folders: `figures/combined-1.pdf`. */
  readonly path: string;
  readonly content: string | Uint8Array<ArrayBuffer>;
}

/** No clock: the same files give the same archive. */
const fixedDate = new Date(2000, 0, 1);

/** The files as one zip, in their order. */
export async function zipFile(entries: readonly ZipEntry[]): Promise<Blob> {
  // The page's policy allows no worker made of text.
  configure({ useWebWorkers: false });
  const writer = new ZipWriter(new BlobWriter('application/zip'), {
    lastModDate: fixedDate,
    extendedTimestamp: false,
  });
  for (const { path, content } of entries) {
    await writer.add(
      path,
      typeof content === 'string' ? new TextReader(content) : new Uint8ArrayReader(content),
    );
  }
  return writer.close();
}
