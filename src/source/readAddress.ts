/** What people write into the address box, and what a page can do with it. */
import { withoutCredentials } from '../lib/address.ts';
import { shellWord } from './refusals.ts';

export type AddressReading =
  /** An address to read as it is. */
  | { readonly kind: 'url'; readonly url: string }
  /** Several addresses, pasted at once. */
  | { readonly kind: 'several'; readonly urls: readonly string[] }
  /** Not readable as written; `url` is what it most likely is on the web. */
  | { readonly kind: 'instead'; readonly url: string; readonly why: string }
  /** Something that no page can read. `command` is for a shell. */
  | { readonly kind: 'no'; readonly why: string; readonly command?: string };

const encodedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Object stores and hubs by the scheme their own tools use; undefined where the rest names no object. */
const stores: Readonly<Record<string, (place: string) => string | undefined>> = {
  s3: (place) => {
    const [, bucket, key] = /^([^/]+)\/(.+)$/.exec(place) ?? [];
    if (bucket === undefined || key === undefined) return undefined;
    // A certificate for *.s3.amazonaws.com does not cover a name with dots.
    return bucket.includes('.')
      ? `https://s3.amazonaws.com/${bucket}/${encodedPath(key)}`
      : `https://${bucket}.s3.amazonaws.com/${encodedPath(key)}`;
  },
  gs: (place) =>
    /^[^/]+\/./.test(place) ? `https://storage.googleapis.com/${encodedPath(place)}` : undefined,
  hf: (place) => {
    const found = /^(datasets\/|spaces\/)?([^/]+\/[^/@]+)(?:@([^/]+))?\/(.+)$/.exec(place);
    const [, kind = '', repository, revision = 'main', path] = found ?? [];
    if (repository === undefined || path === undefined) return undefined;
    return `https://huggingface.co/${kind}${repository}/resolve/${revision}/${encodedPath(path)}`;
  },
};

const storeNames: Readonly<Record<string, string>> = {
  s3: 'Amazon S3',
  gs: 'Google Cloud Storage',
  hf: 'Hugging Face',
};

/** A path as one word: of Windows in its own quotes, of others for a shell, which alone knows what `~` is. */
function pathWord(path: string): string {
  if (/^(?:[a-z]:|\\\\)/i.test(path)) return `"${path}"`;
  const [, home = '', rest = path] = /^(~[^/]*\/)(.*)$/s.exec(path) ?? [];
  return `${home}${shellWord(rest)}`;
}

const isLocalHost = (host: string): boolean => /^(localhost|127\.|\[::1\]|0\.0\.0\.0)/.test(host);

/** Pages about a file, on hosts that serve the file itself beside them. */
function fileBehindPage(url: string): string | undefined {
  const { host, pathname } = new URL(url);
  const github = host === 'github.com' ? /^\/([^/]+\/[^/]+)\/(?:blob|raw)\/(.+)$/.exec(pathname) : null;
  if (github !== null) return `https://raw.githubusercontent.com/${github[1]}/${github[2]}`;
  if (host === 'huggingface.co' && pathname.includes('/blob/')) return url.replace('/blob/', '/resolve/');
  const atGitLab = /^(\/.+\/-\/)blob(\/.+)$/.exec(pathname);
  if (atGitLab !== null) return url.replace('/-/blob/', '/-/raw/');
  if (host === 'bitbucket.org' && /^\/[^/]+\/[^/]+\/src\//.test(pathname))
    return url.replace('/src/', '/raw/');
  return undefined;
}

/** Hosts whose addresses for sharing lead to a page, from which a person downloads. */
const sharePages: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)dropbox\.com$/, 'Dropbox'],
  [/^(drive|docs)\.google\.com$/, 'Google Drive'],
  [/^1drv\.ms$|(^|\.)onedrive\.live\.com$|\.sharepoint\.com$/, 'OneDrive'],
  [/(^|\.)box\.com$/, 'Box'],
  [/(^|\.)wetransfer\.com$|^we\.tl$/, 'WeTransfer'],
];

function readWebAddress(url: string): AddressReading {
  const bare = withoutCredentials(url);
  if (bare !== url) {
    const why =
      'The address holds a user name or a password. A page may not send them; they were taken out and are not kept.';
    return { kind: 'instead', url: bare, why };
  }
  const file = fileBehindPage(url);
  if (file !== undefined)
    return { kind: 'instead', url: file, why: 'This is the address of a page about the file.' };
  const share = sharePages.find(([host]) => host.test(new URL(url).hostname));
  if (share !== undefined) {
    return {
      kind: 'no',
      why: `An address of ${share[1]} leads to a web page, not to the file. Download the file there and drop it here.`,
    };
  }
  return { kind: 'url', url: new URL(url).href };
}

/** Between addresses: blanks and commas, or nothing where a box has dropped the end of a line. */
const betweenAddresses = /[\s,;]+(?=https?:\/\/)|(?<=\.(?:db|duckdb|ddb))(?=https?:\/\/)/i;

/** Undefined for nothing. Never throws. */
export function readAddress(written: string): AddressReading | undefined {
  const pieces = written.trim().split(betweenAddresses).map(unquoted);
  const read = pieces.flatMap((piece) => readOne(piece) ?? []);
  if (read.length < 2) return read[0];
  const urls = read.flatMap((each) => (each.kind === 'url' ? [each.url] : []));
  return urls.length === read.length
    ? { kind: 'several', urls }
    : (read.find(({ kind }) => kind !== 'url') ?? read[0]);
}

const quotes = '[\\s"\'`<>\u2018\u2019\u201c\u201d\u00ab\u00bb]+';
const unquoted = (text: string): string => text.replace(new RegExp(`^${quotes}|${quotes}$`, 'g'), '');

function readOne(text: string): AddressReading | undefined {
  if (text === '') return undefined;
  if (/^https?:/i.test(text)) {
    return URL.canParse(text) ? readWebAddress(text) : { kind: 'no', why: 'This is no complete address.' };
  }
  if (/^(?:[a-z]:[\\/]|\\\\|\.{0,2}\/|~|file:)/i.test(text)) {
    return pathOfMachine(text.replace(/^file:\/\/(?:localhost)?(?:\/(?=[a-z]:))?/i, ''));
  }
  const [, scheme = '', rest = ''] = /^([a-z][a-z0-9+.-]*):\/\/(.*)$/is.exec(text) ?? [];
  const store = stores[scheme.toLowerCase()];
  if (store !== undefined) {
    const name = storeNames[scheme.toLowerCase()] ?? scheme;
    const url = store(withoutUser(rest));
    return url === undefined
      ? { kind: 'no', why: `This names no file of ${name}.` }
      : {
          kind: 'instead',
          url,
          why: `A page has no keys to ${name}; a public file has an https address. A private one needs an address signed for GET.`,
        };
  }
  if (/^(az|azure|abfss?|wasbs?)$/i.test(scheme)) return readAzure(rest);
  if (scheme !== '') {
    return {
      kind: 'no',
      why: `A page reads http and https addresses, not ${scheme}. Download the file and drop it here.`,
    };
  }
  return readBareHost(withoutUser(text), text);
}

/** `unless`: what else it might be. */
function pathOfMachine(path: string, unless = ''): AddressReading {
  return {
    kind: 'no',
    why: `This is a path on a machine${unless}. A page cannot read paths: choose the file or drop it here, or let Iterscope serve it.`,
    command: `npm start -- ${pathWord(path)}`,
  };
}

/** `container@account…/path`, or `account.blob.core.windows.net/container/path`; the short form names no account. */
function readAzure(place: string): AddressReading {
  const { container, owner, path } =
    /^(?<container>[^/@]+)@(?<owner>[^/.]+)\.(?:dfs|blob)\.[^/]+\/(?<path>.+)$/.exec(place)?.groups ??
    /^(?<owner>[^/.]+)\.(?:dfs|blob)\.[^/]+\/(?<container>[^/]+)\/(?<path>.+)$/.exec(place)?.groups ??
    {};
  const why =
    'A page has no keys to Azure; a public file has an https address, a private one needs a SAS token behind it';
  return container === undefined || owner === undefined || path === undefined
    ? { kind: 'no', why: `${why}: https://ACCOUNT.blob.core.windows.net/CONTAINER/PATH.` }
    : {
        kind: 'instead',
        url: `https://${owner}.blob.core.windows.net/${container}/${encodedPath(path)}`,
        why: `${why}.`,
      };
}

/** What stands before an `@` in front of the path is a user. */
const withoutUser = (place: string): string => place.replace(/^[^/]*@/, '');

function readBareHost(place: string, text: string): AddressReading {
  const [, host = ''] = /^([^/\s]+)\/./.exec(place) ?? [];
  const looksLikeHost = isLocalHost(host) || /^[^.\s]+(\.[^.\s]+)+$/.test(host);
  const url = `${isLocalHost(host) ? 'http' : 'https'}://${place}`;
  if (/^[^\s@]+@[^\s/:]+:./.test(text)) {
    return {
      kind: 'no',
      why: 'This is a file on another machine. Copy it here, as scp does, and drop the copy.',
    };
  }
  if (!looksLikeHost && /^[^\s:?#]+\.(db|duckdb|ddb)$/i.test(text)) {
    return pathOfMachine(
      text,
      host === '' ? '' : `, unless ${host} is a web server: then write http:// or https:// before it`,
    );
  }
  if (!looksLikeHost || !URL.canParse(url)) {
    return {
      kind: 'no',
      why: 'This is neither an address nor a file that the page can reach: choose the file or drop it here.',
    };
  }
  const hadUser = place === text ? '' : ' The user name and password were taken out and are not kept.';
  return { kind: 'instead', url, why: `The address lacks http:// or https://.${hadUser}` };
}
