import { withoutCredentials } from '../lib/address.ts';
import { formatSearch, readQuery } from './search.ts';

/**
 * `/?db=…#/experiments` said as `/#/experiments?db=…`: people and programs append parameters where an address
 * has them. Those inside the fragment win, and only fields that are `known` are moved. Returns the new address, or
 * undefined when there is nothing to move.
 */
export function adoptOuterQuery(address: string, known: ReadonlySet<string>): string | undefined {
  const url = new URL(address);
  const outer = Object.entries(readQuery(url.search).raw).filter(([field]) => known.has(field));
  if (outer.length === 0) return undefined;
  const [path = '', inner = ''] = url.hash.replace(/^#/, '').split(/\?(.*)/s);
  const search = { ...Object.fromEntries(outer), ...readQuery(inner).raw };
  url.search = '';
  url.hash = `${path === '' ? '/' : path}${formatSearch(search)}`;
  return url.href;
}

/** Fields of the desk that the table of all proposals does not have. */
const deskFields = [
  'show',
  'kind',
  'only',
  'within',
  'k',
  'reviewed',
  'follows',
  'group',
  'sig',
  'cv',
  'floor',
  'least',
  'as',
  'experiment',
  'iteration',
  'agent',
];

/**
 * Until 27 November 2026 `#/proposals` was the rejection desk over all files, which is `#/desk` now. A link of that
 * time names fields that only the desk has; the address it means today, or undefined where nothing moved.
 */
export function movedAddress(address: string): string | undefined {
  const url = new URL(address);
  const [path, inner = ''] = url.hash.replace(/^#/, '').split(/\?(.*)/s);
  if (path !== '/proposals') return undefined;
  const { raw } = readQuery(inner);
  if (!deskFields.some((field) => field in raw)) return undefined;
  url.hash = `/desk${formatSearch(raw)}`;
  return url.href;
}

/**
 * An address of the app in which no database’s address has a user name or a password, or undefined where there is
 * none to hide: it must not stay in the address bar, in the history or in a link that is shared.
 */
export function hideCredentials(address: string): string | undefined {
  const url = new URL(address);
  const [path = '', inner] = url.hash.split(/\?(.*)/s);
  const params = new URLSearchParams(inner ?? '');
  const tokens = params.getAll('db');
  const bare = tokens.map(withoutCredentials);
  if (bare.every((token, i) => token === tokens[i])) return undefined;
  params.delete('db');
  for (const token of bare) params.append('db', token);
  url.hash = `${path}?${params}`;
  return url.href;
}
