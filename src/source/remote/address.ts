/**
 * An address as it may stand on screen: without name and password, and without the query, in which object stores
 * keep their signatures.
 */
export function shownAddress(url: string): string {
  if (!URL.canParse(url)) return url;
  const { protocol, host, pathname, search } = new URL(url);
  if (!/^https?:$/.test(protocol)) return url;
  return `${protocol}//${host}${pathname}${search === '' ? '' : '?…'}`;
}

export const hostOf = (url: string): string => new URL(url).host;

/** Whether a name or password is written into the address; false of what is no address. */
export function hasPassword(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { username, password } = new URL(url);
  return username !== '' || password !== '';
}
