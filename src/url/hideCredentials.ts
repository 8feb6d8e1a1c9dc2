import { withoutCredentials } from '../lib/withoutCredentials.ts';

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
