/** An address without user name and password. */
export function withoutCredentials(url: string): string {
  if (!URL.canParse(url)) return url;
  const address = new URL(url);
  if (address.username === '' && address.password === '') return url;
  address.username = '';
  address.password = '';
  return address.href;
}
