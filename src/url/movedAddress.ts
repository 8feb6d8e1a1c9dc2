import { formatSearch, readQuery } from './search.ts';

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
