import type { Search } from './fields.ts';
import { formatSearch, parseSearch } from './search.ts';

/**
 * `/?db=…#/experiments` said as `/#/experiments?db=…`: people and programs append parameters where an address
 * has them. Those inside the fragment win. Returns the new address, or undefined when there is nothing to move.
 */
export function adoptOuterQuery(address: string): string | undefined {
  const url = new URL(address);
  const outer: Search = parseSearch(url.search).search;
  if (Object.keys(outer).length === 0) return undefined;
  const [path = '', inner = ''] = url.hash.replace(/^#/, '').split(/\?(.*)/s);
  const search = { ...outer, ...parseSearch(inner).search };
  url.search = '';
  url.hash = `${path === '' ? '/' : path}${formatSearch(search)}`;
  return url.href;
}
