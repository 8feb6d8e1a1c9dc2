/** What a remote file is like now, asked for so rarely and so little that no host minds. */
import { z } from 'zod';

import { askHost, firstBytesOf } from './ask.ts';
import { stateOf, type FileState } from './fault.ts';

/** `unknown`: no answer that says anything; the network may be gone. */
export type Looked =
  | {
      readonly kind: 'there';
      readonly state: FileState;
      /** The address where the host lists what lies beside the file. */
      readonly folder: string | undefined;
    }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown' };

const notThere: ReadonlySet<number> = new Set([404, 410]);

/** By one byte, since an address may be signed for GET alone. Rejects only when `signal` aborts. */
export async function lookAtRemote(url: string, signal: AbortSignal): Promise<Looked> {
  const asked = await askHost(url, { headers: { Range: 'bytes=0-0' }, cache: 'no-store' }, signal);
  if (typeof asked === 'string') return { kind: 'unknown' };
  asked.stop();
  const { response } = asked;
  if (notThere.has(response.status)) return { kind: 'gone' };
  if (!response.ok) return { kind: 'unknown' };
  const state = stateOf((name) => response.headers.get(name) ?? undefined);
  return { kind: 'there', state, folder: folderOf(response.headers.get('link'), url) };
}

/** Only of the page's own host: `npm start` says so, and a stranger's listing is of no concern to it. */
function folderOf(link: string | null, url: string): string | undefined {
  const [, target] = /^<([^>]*)>;\s*rel="?collection"?$/.exec(link ?? '') ?? [];
  if (target === undefined || new URL(url).origin !== globalThis.location.origin) return undefined;
  const folder = new URL(target, url);
  return folder.origin === new URL(url).origin ? folder.href : undefined;
}

const listing = z.object({
  folder: z.string().max(500).optional(),
  files: z
    .array(z.object({ path: z.string().min(1).max(1000), sizeBytes: z.number(), state: z.string().max(200) }))
    .max(10_000),
});

/** What lies in a folder that is followed. */
export interface Listing {
  /** What a person calls it; undefined where `npm start` was given single files. */
  readonly folder: string | undefined;
  readonly files: readonly {
    readonly url: string;
    readonly path: string;
    readonly sizeBytes: number;
    readonly state: string;
  }[];
}

const longestListingBytes = 4_000_000;

/** Undefined where no listing can be had. Rejects only when `signal` aborts. */
export async function readListing(folder: string, signal: AbortSignal): Promise<Listing | undefined> {
  const asked = await askHost(folder, { cache: 'no-store' }, signal);
  if (typeof asked === 'string') return undefined;
  const body = await asked.read(longestListingBytes);
  if (!asked.response.ok || body.end !== 'complete') return undefined;
  try {
    const text = new TextDecoder().decode(firstBytesOf(body, longestListingBytes));
    const read = listing.parse(JSON.parse(text));
    return {
      folder: read.folder,
      files: read.files.map((file) => ({
        ...file,
        url: new URL(file.path.split('/').map(encodeURIComponent).join('/'), folder).href,
      })),
    };
  } catch {
    return undefined;
  }
}
