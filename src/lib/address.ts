/** A percent-encoded part of an address as text; undefined where a `%` in it begins no character, as in a cut link. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** An address without user name and password. */
export function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return url;
  const address = new URL(url);
  if (address.username === '' && address.password === '') return url;
  address.username = '';
  address.password = '';
  return address.href;
}
