/** What people write into the address box, and what a page can do with it. */
import { withoutCredentials } from '../lib/withoutCredentials.ts';
import { shellWord } from './quoting.ts';

export type AddressReading =
  /** An address to read as it is. */
  | { readonly kind: 'url'; readonly url: string }
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
  return undefined;
}

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
  return { kind: 'url', url: new URL(url).href };
}

/** Undefined for nothing. Never throws. */
export function readAddress(written: string): AddressReading | undefined {
  const text = written.trim().replace(/^["'<]+|["'>]+$/g, '');
  if (text === '') return undefined;
  if (/^https?:/i.test(text)) {
    return URL.canParse(text) ? readWebAddress(text) : { kind: 'no', why: 'This is no complete address.' };
  }
  if (/^(?:[a-z]:[\\/]|\\\\|\.{0,2}\/|~|file:)/i.test(text)) {
    return {
      kind: 'no',
      why: 'This is a path on a machine. A page cannot read paths: choose the file or drop it here, or let Iterscope serve it.',
      command: `npm start -- ${pathWord(text.replace(/^file:\/\/(?:localhost)?/i, ''))}`,
    };
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
  if (scheme !== '') {
    return {
      kind: 'no',
      why: `A page reads http and https addresses, not ${scheme}. Download the file and drop it here.`,
    };
  }
  return readBareHost(withoutUser(text), text);
}

/** What stands before an `@` in front of the path is a user. */
const withoutUser = (place: string): string => place.replace(/^[^/]*@/, '');

function readBareHost(place: string, text: string): AddressReading {
  const [, host = ''] = /^([^/\s]+)\/./.exec(place) ?? [];
  const looksLikeHost = isLocalHost(host) || /^[^.\s]+(\.[^.\s]+)+$/.test(host);
  const url = `${isLocalHost(host) ? 'http' : 'https'}://${place}`;
  if (!looksLikeHost || !URL.canParse(url)) {
    return {
      kind: 'no',
      why: 'This is neither an address nor a file that the page can reach: choose the file or drop it here.',
    };
  }
  const hadUser = place === text ? '' : ' The user name and password were taken out and are not kept.';
  return { kind: 'instead', url, why: `The address lacks http:// or https://.${hadUser}` };
}
