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
