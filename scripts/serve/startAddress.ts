/** Where the app opens: the open screen, or the list over the shared files. */
export function startAddress(origin: string, files: readonly string[]): string {
  if (files.length === 0) return `${origin}/`;
  const search = files.map((path) => `db=${encodeURIComponent(origin + path)}`);
  return `${origin}/#/experiments?${search.join('&')}`;
}
