import { decoded } from '../lib/address.ts';

/** What can be opened. A WAL belongs to the database whose name it extends. */
export type Source = FileSource | UrlSource;

export interface FileSource {
  readonly kind: 'file';
  readonly name: string;
  readonly file: File;
  readonly wal: File | undefined;
}

export interface UrlSource {
  readonly kind: 'url';
  readonly name: string;
  readonly url: string;
  /** The bundled sample is a same-origin URL with a name of its own in links. */
  readonly sample: boolean;
  /**
   * What happens where the host leads on to another address: `ask` stops there, `name` follows and says which host
   * answered. Absent: it is followed.
   */
  readonly redirects?: 'ask' | 'name';
}

/** The last path segment, decoded: what a person would call the file. */
function nameOfUrl(url: string): string {
  const path = new URL(url).pathname;
  const last = path.slice(path.lastIndexOf('/') + 1);
  return (decoded(last) ?? last) || url;
}

export function urlSource(url: string, redirects?: UrlSource['redirects']): UrlSource {
  const source = { kind: 'url', name: nameOfUrl(url), url, sample: false } as const;
  return redirects === undefined ? source : { ...source, redirects };
}

/** The sample experiment that is served beside the app. */
export function sampleSource(url: string): UrlSource {
  return { kind: 'url', name: 'sample.duckdb', url, sample: true };
}
