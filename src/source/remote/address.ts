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

/**
 * Where a host is that only some can reach, in words; undefined of one that may be public. By its name alone: what a
 * name resolves to is not known to a page.
 */
export function privateHost(host: string): string | undefined {
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
  if (/^(localhost|.*\.localhost|127\..*|::1|0\.0\.0\.0)$/.test(name)) return 'on this machine';
  const [a = 0, b = 0] = /^\d+\.\d+\.\d+\.\d+$/.test(name) ? name.split('.').map(Number) : [];
  const isPrivate =
    a === 10 || (a === 172 && b >= 16 && b <= 31) || (a === 192 && b === 168) || (a === 169 && b === 254);
  const isLocalName = !name.includes('.') && !name.includes(':');
  const isLocalV6 = /^(fe80|f[cd])[0-9a-f]{0,2}:/.test(name);
  if (isPrivate || isLocalV6 || isLocalName || /\.(local|internal|lan|home|intranet)$/.test(name)) {
    return 'in a private network';
  }
  return undefined;
}

/** Why others cannot open the address of the page itself; undefined where they can. */
export function pageReach(address: string): string | undefined {
  const { protocol, host } = new URL(address);
  if (protocol === 'file:') return 'This page is a file on this machine';
  const where = privateHost(host);
  return where === undefined ? undefined : `This page is served ${where} (${host})`;
}
